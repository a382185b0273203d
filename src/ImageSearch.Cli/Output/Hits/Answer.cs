using ImageSearch.Searching;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>A page of hits with what it answers and where the files are.</summary>
/// <param name="Query">The query as it was understood.</param>
/// <param name="Page">The hits.</param>
/// <param name="Files">Finds the files of hits.</param>
/// <param name="Plan">What was read out of the words; null where they were not read.</param>
internal sealed record Answer(SearchQuery Query, SearchPage Page, LibraryFiles Files, PlannedQuery? Plan)
{
    /// <summary>What the reader should know.</summary>
    public IEnumerable<string> Notes => [.. NotesOf(Plan), .. Page.Notes];

    /// <summary>What the reader should know of a plan.</summary>
    public static IEnumerable<string> NotesOf(PlannedQuery? plan) =>
        [.. plan?.Summary is { } summary ? [$"{summary} With --no-plan the words are searched for as they stand."] : Array.Empty<string>(), .. plan?.Notes ?? []];
}
