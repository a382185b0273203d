using ImageSearch.Vision;

namespace ImageSearch.Answers;

/// <summary>What the judge says of a picture.</summary>
/// <param name="Decision"><c>keep</c>, <c>unsure</c> or <c>drop</c>.</param>
/// <param name="Grade">How well it fits, 0 to 10.</param>
/// <param name="Reason">Why, in one short line that a model wrote: escape it where it is shown.</param>
public sealed record JsonVerdict(string Decision, int Grade, string Reason)
{
    /// <summary>The JSON shape of a verdict.</summary>
    public static JsonVerdict Of(JudgeVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return new JsonVerdict(verdict.Decision.ToString().ToLowerInvariant(), verdict.Grade, verdict.Reason);
    }
}
