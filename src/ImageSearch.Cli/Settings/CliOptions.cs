using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Graphics;

namespace ImageSearch.Cli.Settings;

/// <summary>Everything that settings decide: the library's options and how this program prints.</summary>
internal sealed class CliOptions
{
    /// <summary>What the library takes.</summary>
    public ImageSearchOptions Search { get; init; } = new();

    /// <summary>Most hits shown.</summary>
    public int Limit { get; set; } = 10;

    /// <summary>Lowest score shown; null shows all.</summary>
    public double? MinScore { get; set; }

    /// <summary>How results are printed.</summary>
    public OutputFormat Format { get; set; } = OutputFormat.Table;

    /// <summary>How pictures are drawn in the terminal.</summary>
    public ThumbnailProtocol Thumbnails { get; set; } = ThumbnailProtocol.None;
}
