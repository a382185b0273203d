using ImageSearch.Imaging;

namespace ImageSearch.Embedding.Offline;

/// <summary>Where in a picture the colours of a word are expected.</summary>
internal enum SketchPlace
{
    /// <summary>Anywhere.</summary>
    All,

    /// <summary>The upper third, and less of it in the middle.</summary>
    Top,

    /// <summary>The lower third, and less of it in the middle.</summary>
    Bottom,

    /// <summary>The middle, and less of it around.</summary>
    Centre,
}

/// <summary>One stroke of a rough sketch: some colours, where they are expected, and how much they fill there.</summary>
/// <param name="Place">Where.</param>
/// <param name="Share">Share of that part of the picture, 0…1.</param>
/// <param name="Colours">The colours, in equal parts.</param>
internal sealed record SketchStroke(SketchPlace Place, float Share, IReadOnlyList<Oklab> Colours);
