namespace ImageSearch.Cli.Evaluation;

/// <summary>
/// Reads labelled queries: one a line, the query, then its answers, with tabs between them. Empty lines, lines that begin with
/// <c>#</c> and a heading that begins with <c>query</c> are passed over.
/// </summary>
internal static class Labels
{
    /// <summary>The queries in the file.</summary>
    /// <exception cref="UsageException">The file cannot be read, or a line has no answer.</exception>
    public static IReadOnlyList<LabelledQuery> Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            return [.. lines.Select((line, index) => (Line: line, Number: index + 1)).Where(entry => IsLabel(entry.Line, entry.Number)).Select(entry => Parse(entry.Line, entry.Number, path))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The labels cannot be read: {exception.Message} Give a file with a query and its answers on each line, separated by tabs.");
        }
    }

    private static bool IsLabel(string line, int number) =>
        !string.IsNullOrWhiteSpace(line) && !line.StartsWith('#') && (number > 1 || !line.StartsWith("query\t", StringComparison.OrdinalIgnoreCase));

    private static LabelledQuery Parse(string line, int number, string path)
    {
        var parts = line.Split('\t', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length >= 2
            ? new LabelledQuery(parts[0], parts[1..])
            : throw new UsageException($"{path}, line {number}: \"{line}\" has no answer. Put a tab and the path of a picture behind the query.");
    }
}
