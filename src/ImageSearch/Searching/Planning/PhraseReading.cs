using ImageSearch.Collections;

namespace ImageSearch.Searching.Planning;

/// <summary>What some words of a query say as a part of it.</summary>
/// <param name="Start">The place of the first of the words.</param>
/// <param name="End">The place behind the last.</param>
internal sealed record PhraseReading(int Start, int End)
{
    /// <summary>Conditions that they set.</summary>
    public IReadOnlyList<ImageCondition> Conditions { get; init; } = [];

    /// <summary>Texts that the query moves away from.</summary>
    public IReadOnlyList<QueryPart.Text> Away { get; init; } = [];
}
