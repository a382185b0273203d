using ImageSearch.Vision;

namespace ImageSearch.Searching;

/// <summary>A page after the judge has seen it: a permutation of the plain one.</summary>
/// <param name="Hits">What stays, the best grade first where <paramref name="IsReordered"/>; then what was not judged, in the plain order.</param>
/// <param name="Dropped">What the judge says does not fit, in the plain order; to be folded away, not hidden.</param>
/// <param name="IsReordered">Whether the verdicts decide the order. If not, <paramref name="Hits"/> is the plain page and <paramref name="Dropped"/> is empty.</param>
/// <param name="NothingFits">Whether the judge says of every picture that it saw that it does not fit.</param>
/// <param name="Report">What judging took.</param>
/// <param name="Notes">What the reader should know. Sentences for people.</param>
public sealed record JudgedPage(
    IReadOnlyList<JudgedHit> Hits, IReadOnlyList<JudgedHit> Dropped, bool IsReordered, bool NothingFits, JudgeReport Report, IReadOnlyList<string> Notes)
{
    /// <summary>Puts a page in the order of its verdicts.</summary>
    /// <param name="page">The plain page.</param>
    /// <param name="sort">The order that was asked for; by date, grades do not change it.</param>
    /// <param name="verdicts">The verdicts on its first hits.</param>
    /// <param name="report">What judging took.</param>
    internal static JudgedPage Of(SearchPage page, SearchSort sort, IReadOnlyList<JudgeVerdict?> verdicts, JudgeReport report)
    {
        var hits = page.Hits.Select((hit, index) => new JudgedHit(hit, index < verdicts.Count ? verdicts[index] : null)).ToList();
        if (!report.IsWhole || report.Judged == 0)
        {
            return new JudgedPage(hits, [], IsReordered: false, NothingFits: false, report, [.. Why(report)]);
        }

        var dropped = hits.FindAll(hit => hit.Verdict?.Decision == JudgeDecision.Drop);
        var staying = hits.FindAll(hit => hit.Verdict?.Decision != JudgeDecision.Drop);
        var ordered = sort == SearchSort.Relevance ? [.. staying.OrderByDescending(hit => hit.Verdict?.Grade ?? -1)] : staying;
        var nothingFits = dropped.Count == report.Judged;
        string[] notes = nothingFits ? [$"Nothing fits: {report.Model} sees what was searched for in none of the {Pictures(report.Judged)} that it was shown."] : [];
        return new JudgedPage(ordered, dropped, IsReordered: true, nothingFits, report, [.. notes, .. report.Problems]);
    }

    private static IEnumerable<string> Why(JudgeReport report) =>
        report.IsWhole ? report.Problems : report.Problems.Select((problem, index) => index == 0 ? $"The order is the plain one. {problem}" : problem);

    private static string Pictures(int count) => count == 1 ? "1 picture" : $"{count} pictures";
}
