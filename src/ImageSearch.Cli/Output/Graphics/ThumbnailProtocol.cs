namespace ImageSearch.Cli.Output.Graphics;

/// <summary>How pictures are drawn in the terminal.</summary>
internal enum ThumbnailProtocol
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the protocol that the terminal is known to speak; not at all where it is unknown.</summary>
    Auto,

    /// <summary>By the kitty graphics protocol.</summary>
    Kitty,

    /// <summary>By sixels.</summary>
    Sixel,
}
