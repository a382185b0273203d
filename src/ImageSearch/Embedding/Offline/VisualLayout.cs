namespace ImageSearch.Embedding.Offline;

/// <summary>Where each measurement lies in the visual part of a vector.</summary>
internal static class VisualLayout
{
    /// <summary>The picture is divided into 3 x 3 regions, row by row.</summary>
    public const int RegionsPerSide = 3;

    public const int Regions = RegionsPerSide * RegionsPerSide;

    /// <summary>For edges the picture is divided into 5 x 5 cells.</summary>
    public const int CellsPerSide = 5;

    /// <summary>Edge directions told apart, over half a turn.</summary>
    public const int Directions = 8;

    /// <summary>Numbers about each region's tone, in the order of the constants below.</summary>
    public const int Tones = 8;

    public const int ToneLightness = 0;
    public const int ToneLightnessSpread = 1;
    public const int ToneChroma = 2;
    public const int ToneChromaSpread = 3;
    public const int ToneA = 4;
    public const int ToneB = 5;
    public const int ToneEdges = 6;
    public const int ToneGrain = 7;

    /// <summary>The blocks: square roots of colour shares by region, the same overall, tones by region, edges by cell.</summary>
    public static readonly VisualBlock RegionColours = new(0, Regions * ColourScale.Count, 0.8f);

    public static readonly VisualBlock OverallColours = new(RegionColours.End, ColourScale.Count, 0.5f);
    public static readonly VisualBlock RegionTones = new(OverallColours.End, Regions * Tones, 0.5f);
    public static readonly VisualBlock Edges = new(RegionTones.End, CellsPerSide * CellsPerSide * Directions, 1.4f);
    public static readonly VisualBlock[] Blocks = [RegionColours, OverallColours, RegionTones, Edges];

    /// <summary>Numbers in the visual part.</summary>
    public const int Dimension = 512;
}

/// <summary>A run of measurements that are weighed together.</summary>
/// <param name="Start">First place in the visual part.</param>
/// <param name="Length">Number of places.</param>
/// <param name="Weight">Length of the block's part of the vector, before the whole is made unit length.</param>
internal readonly record struct VisualBlock(int Start, int Length, float Weight)
{
    public int End => Start + Length;

    public Span<float> In(Span<float> visual) => visual.Slice(Start, Length);
}
