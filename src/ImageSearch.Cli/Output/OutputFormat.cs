namespace ImageSearch.Cli.Output;

/// <summary>How results are printed on stdout.</summary>
internal enum OutputFormat
{
    /// <summary>Columns for people.</summary>
    Table,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>Comma-separated values with a header (RFC 4180).</summary>
    Csv,

    /// <summary>One path a line; NUL after each with <c>--print0</c>.</summary>
    Paths,
}
