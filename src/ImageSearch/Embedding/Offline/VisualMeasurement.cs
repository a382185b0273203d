using System.Numerics.Tensors;
using ImageSearch.Imaging;
using static ImageSearch.Embedding.Offline.VisualLayout;

namespace ImageSearch.Embedding.Offline;

/// <summary>Measures the colours, tones and edges of a picture.</summary>
internal static class VisualMeasurement
{
    // Sixteen steps a channel: each of the 4,096 colours is divided over the scale once for the process.
    private const int BitsPerChannel = 4;
    private const int ColourCells = 1 << (3 * BitsPerChannel);

    private static readonly Lazy<(Oklab[] Colours, float[] Shares)> Cells = new(DivideEveryCell);

    /// <summary>The measurements, before they are standardised: shape [512].</summary>
    public static float[] Of(ImagePixels pixels)
    {
        var visual = new float[Dimension];
        var luma = Luma(pixels);
        var regions = CountRegions(pixels, luma);
        MeasureColours(regions, visual);
        MeasureEdges(pixels, luma, regions, visual);
        FinishTones(regions, visual);
        return visual;
    }

    private static float[] Luma(ImagePixels pixels)
    {
        var rgb = pixels.Rgb.Span;
        var luma = new float[pixels.Width * pixels.Height];
        for (var at = 0; at < luma.Length; at++)
        {
            luma[at] = ((0.2126f * rgb[3 * at]) + (0.7152f * rgb[(3 * at) + 1]) + (0.0722f * rgb[(3 * at) + 2])) / 255;
        }

        return luma;
    }

    private static Region[] CountRegions(ImagePixels pixels, float[] luma)
    {
        var regions = new Region[VisualLayout.Regions];
        for (var at = 0; at < regions.Length; at++)
        {
            regions[at] = new Region();
        }

        var rgb = pixels.Rgb.Span;
        for (var y = 0; y < pixels.Height; y++)
        {
            var row = Part(y, pixels.Height, RegionsPerSide) * RegionsPerSide;
            for (var x = 0; x < pixels.Width; x++)
            {
                var at = (y * pixels.Width) + x;
                regions[row + Part(x, pixels.Width, RegionsPerSide)].Add(
                    Cell(rgb[3 * at], rgb[(3 * at) + 1], rgb[(3 * at) + 2]), luma[at]);
            }
        }

        return regions;
    }

    private static void MeasureColours(Region[] regions, float[] visual)
    {
        var (_, shares) = Cells.Value;
        var overall = OverallColours.In(visual);
        long total = 0;
        for (var region = 0; region < regions.Length; region++)
        {
            var own = RegionColours.In(visual).Slice(region * ColourScale.Count, ColourScale.Count);
            for (var cell = 0; cell < ColourCells; cell++)
            {
                if (regions[region].Counts[cell] is > 0 and var count)
                {
                    TensorPrimitives.MultiplyAdd(shares.AsSpan(cell * ColourScale.Count, ColourScale.Count), count, own, own);
                }
            }

            TensorPrimitives.Add(overall, own, overall);
            total += regions[region].Pixels;
            TensorPrimitives.Divide(own, Math.Max(1, regions[region].Pixels), own);
            TensorPrimitives.Sqrt(own, own);
        }

        TensorPrimitives.Divide(overall, Math.Max(1, total), overall);
        TensorPrimitives.Sqrt(overall, overall);
    }

    private static void MeasureEdges(ImagePixels pixels, float[] luma, Region[] regions, float[] visual)
    {
        int width = pixels.Width, height = pixels.Height;
        var edges = Edges.In(visual);
        for (var y = 1; y < height - 1; y++)
        {
            var cellRow = Part(y, height, CellsPerSide) * CellsPerSide;
            var regionRow = Part(y, height, RegionsPerSide) * RegionsPerSide;
            for (var x = 1; x < width - 1; x++)
            {
                var at = (y * width) + x;
                float left = luma[at - 1], right = luma[at + 1], above = luma[at - width], below = luma[at + width];
                float dx = right - left, dy = below - above;
                var strength = MathF.Sqrt((dx * dx) + (dy * dy));
                var region = regions[regionRow + Part(x, width, RegionsPerSide)];
                region.Edges += strength;
                region.Grain += MathF.Abs((4 * luma[at]) - left - right - above - below);
                if (strength > 0)
                {
                    var cell = edges.Slice((cellRow + Part(x, width, CellsPerSide)) * Directions, Directions);
                    AddDirection(cell, MathF.Atan2(dy, dx), strength);
                }
            }
        }

        TensorPrimitives.Sqrt(edges, edges);
        UnitVector.TryNormalise(edges);
    }

    // A direction between two bins is shared by both, so that a slight turn changes little.
    private static void AddDirection(Span<float> bins, float angle, float strength)
    {
        var position = (angle + MathF.PI) / MathF.PI * Directions;
        var lower = (int)position;
        var share = position - lower;
        bins[lower % Directions] += strength * (1 - share);
        bins[(lower + 1) % Directions] += strength * share;
    }

    private static void FinishTones(Region[] regions, float[] visual)
    {
        var (colours, _) = Cells.Value;
        for (var at = 0; at < regions.Length; at++)
        {
            var region = regions[at];
            float a = 0, b = 0, chroma = 0, chromaSquared = 0;
            for (var cell = 0; cell < ColourCells; cell++)
            {
                if (region.Counts[cell] is > 0 and var count)
                {
                    var colour = colours[cell];
                    a += count * colour.A;
                    b += count * colour.B;
                    chroma += count * colour.Chroma;
                    chromaSquared += count * colour.Chroma * colour.Chroma;
                }
            }

            float pixels = Math.Max(1, region.Pixels);
            var tones = RegionTones.In(visual).Slice(at * Tones, Tones);
            tones[ToneLightness] = region.Luma / pixels;
            tones[ToneLightnessSpread] = Spread(region.Luma / pixels, region.LumaSquared / pixels);
            tones[ToneChroma] = chroma / pixels;
            tones[ToneChromaSpread] = Spread(chroma / pixels, chromaSquared / pixels);
            tones[ToneA] = a / pixels;
            tones[ToneB] = b / pixels;
            tones[ToneEdges] = MathF.Sqrt(region.Edges / pixels);
            tones[ToneGrain] = MathF.Sqrt(region.Grain / pixels);
        }
    }

    private static float Spread(float mean, float meanSquare) => MathF.Sqrt(MathF.Max(0, meanSquare - (mean * mean)));

    private static int Part(int position, int length, int parts) => position * parts / length;

    private static int Cell(byte red, byte green, byte blue)
    {
        const int Dropped = 8 - BitsPerChannel;
        return ((((red >> Dropped) << BitsPerChannel) | (green >> Dropped)) << BitsPerChannel) | (blue >> Dropped);
    }

    private static (Oklab[] Colours, float[] Shares) DivideEveryCell()
    {
        const int Steps = 1 << BitsPerChannel;
        const float StepSize = 255f / (Steps - 1);
        var colours = new Oklab[ColourCells];
        var shares = new float[ColourCells * ColourScale.Count];
        for (var cell = 0; cell < ColourCells; cell++)
        {
            colours[cell] = Oklab.OfSrgb(
                (cell >> (2 * BitsPerChannel)) * StepSize,
                ((cell >> BitsPerChannel) % Steps) * StepSize,
                (cell % Steps) * StepSize);
            ColourScale.Divide(colours[cell], shares.AsSpan(cell * ColourScale.Count, ColourScale.Count));
        }

        return (colours, shares);
    }

    private sealed class Region
    {
        public int[] Counts { get; } = new int[ColourCells];

        public int Pixels { get; private set; }

        public float Luma { get; private set; }

        public float LumaSquared { get; private set; }

        public float Edges { get; set; }

        public float Grain { get; set; }

        public void Add(int cell, float luma)
        {
            Counts[cell]++;
            Pixels++;
            Luma += luma;
            LumaSquared += luma * luma;
        }
    }
}
