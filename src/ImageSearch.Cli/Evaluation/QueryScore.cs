using ImageSearch.Searching;

namespace ImageSearch.Cli.Evaluation;

/// <summary>How well a labelled query was answered.</summary>
/// <param name="Label">The query.</param>
/// <param name="Found">How many of its answers are among the hits.</param>
/// <param name="FirstRank">The rank of the first answer, from 1; null when none is among the hits.</param>
internal sealed record QueryScore(LabelledQuery Label, int Found, int? FirstRank)
{
    /// <summary>Compares hits with the answers; a hit that stands for several equal files counts for each of them.</summary>
    public static QueryScore Of(LabelledQuery label, IReadOnlyList<SearchHit> hits)
    {
        var ranks = label.Answers
            .Select(answer => hits.FirstOrDefault(hit => PathsOf(hit).Any(path => IsSame(path, answer)))?.Rank)
            .OfType<int>()
            .ToList();
        return new QueryScore(label, ranks.Count, ranks.Count > 0 ? ranks.Min() : null);
    }

    private static IEnumerable<string> PathsOf(SearchHit hit) => hit.OtherPaths.Select(other => other.Path).Prepend(hit.Picture.Path);

    private static bool IsSame(string path, string answer) => path == answer || path.EndsWith("/" + answer, StringComparison.Ordinal);
}
