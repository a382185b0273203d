namespace ImageSearch.Searching;

/// <summary>A query with the pictures that it should find.</summary>
/// <param name="Text">In the query language.</param>
/// <param name="Answers">Paths of pictures below their library's root, or the ends of such paths from a folder's name on; at least one.</param>
public sealed record LabelledQuery(string Text, IReadOnlyList<string> Answers)
{
    /// <summary>
    /// Reads labelled queries: one a line, the query and then its answers, with tabs between them. Empty lines, lines that begin
    /// with <c>#</c> and a first line that begins with <c>query</c> and a tab are passed over.
    /// </summary>
    /// <exception cref="FormatException">A line has no answer.</exception>
    public static IReadOnlyList<LabelledQuery> Read(IEnumerable<string> lines) =>
    [
        .. lines.Select((line, index) => (Line: line, Number: index + 1))
            .Where(entry => !string.IsNullOrWhiteSpace(entry.Line) && !entry.Line.StartsWith('#') && !IsHeading(entry.Line, entry.Number))
            .Select(entry => Parse(entry.Line, entry.Number)),
    ];

    private static bool IsHeading(string line, int number) => number == 1 && line.StartsWith("query\t", StringComparison.OrdinalIgnoreCase);

    private static LabelledQuery Parse(string line, int number)
    {
        var columns = line.Split('\t', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return columns is [var text, _, ..]
            ? new LabelledQuery(text, columns[1..])
            : throw new FormatException($"Line {number}, '{QueryException.Shorten(line)}', has no answer. Put a tab and the path of a picture behind the query.");
    }
}
