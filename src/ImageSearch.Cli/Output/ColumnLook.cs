namespace ImageSearch.Cli.Output;

/// <summary>How a column of a <see cref="Listing"/> looks to people.</summary>
internal enum ColumnLook
{
    /// <summary>Left-aligned text; wraps when the terminal is narrow.</summary>
    Text,

    /// <summary>Left-aligned text that stays on one line.</summary>
    Name,

    /// <summary>Left-aligned text that is left out where the terminal is too narrow for all columns.</summary>
    Aside,

    /// <summary>Right-aligned number with thousands separators.</summary>
    Number,

    /// <summary>Right-aligned US dollars.</summary>
    Dollars,

    /// <summary>Right-aligned size in bytes, shown in larger units.</summary>
    Bytes,
}
