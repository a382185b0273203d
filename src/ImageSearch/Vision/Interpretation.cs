namespace ImageSearch.Vision;

/// <summary>What a model made of words, or why it made nothing of them.</summary>
/// <param name="Answer">What it said; null where it gave no answer in the form that was asked for.</param>
/// <param name="Problem">Why not, a sentence for people; null where it did.</param>
internal sealed record Interpretation<T>(T? Answer, string? Problem)
    where T : class;
