namespace ImageSearch.Searching;

/// <summary>A query cannot be understood or answered. The message says which part, what is wrong with it, and the cure.</summary>
public sealed class QueryException : Exception
{
    private const int LongestPart = 80;

    internal QueryException(string problem, string cure, string part, int position)
        : base($"{problem} In '{Shorten(part)}' at character {position + 1}. {cure}")
    {
        Part = part;
        Position = position;
    }

    internal QueryException(string problem, string cure, Exception? innerException = null)
        : base($"{problem} {cure}", innerException)
    {
    }

    /// <summary>The offending part of the text; null where the query as a whole is at fault.</summary>
    public string? Part { get; }

    /// <summary>Where the part starts, in UTF-16 units from 0; null where the query as a whole is at fault.</summary>
    public int? Position { get; }

    /// <summary>Long or unprintable text must not flood or reorder the line that it is quoted in.</summary>
    internal static string Shorten(string text)
    {
        var start = text.Length <= LongestPart ? text : text[..(LongestPart - 1)];
        var printable = string.Concat(start.Select(c => QueryScanner.IsBlank(c) || QueryScanner.IsDirectionMark(c) || char.IsSurrogate(c) ? ' ' : c));
        return text.Length <= LongestPart ? printable : printable + '…';
    }
}
