using ImageSearch.Searching;

namespace ImageSearch.Answers;

/// <summary>What was read out of the plain words of a query, as JSON. The query beside it is the plan.</summary>
/// <param name="From">The words that were typed.</param>
/// <param name="By">Who read them: <c>rules</c> or <c>model</c>; <c>off</c> where they were only translated.</param>
/// <param name="AsTyped">The query that takes the words as they were typed.</param>
/// <param name="Translated">The translation; absent where there is none.</param>
public sealed record JsonPlan(string From, string By, string AsTyped, JsonPlan.Translation? Translated)
{
    /// <summary>The plan of a query; null where nothing was read out of it.</summary>
    public static JsonPlan? Of(PlannedQuery planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return planned.IsChanged
            ? new JsonPlan(
                planned.Words,
                planned.Request.By.ToString().ToLowerInvariant(),
                planned.AsTyped,
                planned.Translated is { } translated ? new Translation(translated.From, translated.Text) : null)
            : null;
    }

    /// <summary>A translation.</summary>
    /// <param name="From">The language of the words, by its ISO 639 code.</param>
    /// <param name="Text">The words in English.</param>
    public sealed record Translation(string From, string Text);
}
