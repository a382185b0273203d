namespace ImageSearch.Searching;

/// <summary>How well a labelled query was answered.</summary>
/// <param name="Query">The query.</param>
/// <param name="Found">How many of its answers are among the hits.</param>
/// <param name="FirstRank">The rank of the first answer, from 1; null where none is among the hits.</param>
public sealed record QueryOutcome(LabelledQuery Query, int Found, int? FirstRank)
{
    /// <summary>Compares hits with the answers. A hit stands for all paths of its bytes.</summary>
    public static QueryOutcome Of(LabelledQuery query, IReadOnlyList<SearchHit> hits)
    {
        var ranks = query.Answers
            .Select(answer => hits.FirstOrDefault(hit => hit.OtherPaths.Select(other => other.Path).Prepend(hit.Picture.Path).Any(path => IsSame(path, answer))))
            .OfType<SearchHit>().Select(hit => hit.Rank).ToList();
        return new QueryOutcome(query, ranks.Count, ranks.Count == 0 ? null : ranks.Min());
    }

    private static bool IsSame(string path, string answer) => path == answer || path.EndsWith("/" + answer, StringComparison.Ordinal);
}
