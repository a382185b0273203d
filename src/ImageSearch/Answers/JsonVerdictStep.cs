using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Answers;

/// <summary>A verdict as it comes: a line or an event of its own. It is final only when the <see cref="JsonOrderStep"/> after it is reordered.</summary>
/// <param name="Id">The id of the picture's point.</param>
/// <param name="Rank">Its rank in the plain answer.</param>
/// <param name="Verdict">The verdict.</param>
public sealed record JsonVerdictStep(Guid Id, int Rank, JsonVerdict Verdict)
{
    /// <summary><c>verdict</c>.</summary>
    public string Type { get; init; } = "verdict";

    /// <summary>The JSON shape of a verdict that came.</summary>
    public static JsonVerdictStep Of(JudgedStep.Judged step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new JsonVerdictStep(PointId.Of(step.Hit.Picture.Library, step.Hit.Picture.Path), step.Hit.Rank, JsonVerdict.Of(step.Verdict));
    }
}
