using System.Numerics.Tensors;
using static ImageSearch.Embedding.Offline.VisualLayout;

namespace ImageSearch.Embedding.Offline;

/// <summary>
/// What a picture of some words would measure, if it were the average photograph with their colours laid over it. Edges stay
/// average: words say nothing about them.
/// </summary>
internal static class ColourSketch
{
    // Some of the average photograph always shows through, or one word would wipe out all that is not said.
    private const float MostCovered = 0.9f;

    /// <summary>The measurements of the sketch, before they are standardised: shape [512].</summary>
    public static float[] Measure(IReadOnlyList<SketchStroke> strokes)
    {
        var visual = VisualStatistics.Means.ToArray();
        var overall = OverallColours.In(visual);
        Square(overall);
        for (var region = 0; region < Regions; region++)
        {
            var covered = strokes.Sum(stroke => stroke.Share * CoverageOf(stroke.Place, region));
            var fit = covered > MostCovered ? MostCovered / covered : 1;
            var colours = RegionColours.In(visual).Slice(region * ColourScale.Count, ColourScale.Count);
            var tones = RegionTones.In(visual).Slice(region * Tones, Tones);
            Square(colours);
            TensorPrimitives.MultiplyAdd(colours, -1f / Regions, overall, overall);
            TensorPrimitives.Multiply(colours, 1 - (covered * fit), colours);
            TensorPrimitives.Multiply(tones[..ToneEdges], 1 - (covered * fit), tones[..ToneEdges]);
            foreach (var stroke in strokes)
            {
                Lay(stroke, stroke.Share * CoverageOf(stroke.Place, region) * fit, colours, tones);
            }

            TensorPrimitives.MultiplyAdd(colours, 1f / Regions, overall, overall);
            TensorPrimitives.Sqrt(colours, colours);
        }

        TensorPrimitives.Max(overall, 0, overall);
        TensorPrimitives.Sqrt(overall, overall);
        return visual;
    }

    private static void Lay(SketchStroke stroke, float share, Span<float> colours, Span<float> tones)
    {
        Span<float> divided = stackalloc float[ColourScale.Count];
        var each = share / stroke.Colours.Count;
        foreach (var colour in stroke.Colours)
        {
            ColourScale.Divide(colour, divided);
            for (var at = 0; at < divided.Length; at++)
            {
                colours[at] += each * divided[at];
            }

            tones[ToneLightness] += each * colour.L;
            tones[ToneChroma] += each * colour.Chroma;
            tones[ToneA] += each * colour.A;
            tones[ToneB] += each * colour.B;
        }

        tones[ToneLightnessSpread] += share * Spread(stroke.Colours.Select(colour => colour.L));
        tones[ToneChromaSpread] += share * Spread(stroke.Colours.Select(colour => colour.Chroma));
    }

    private static float Spread(IEnumerable<float> values)
    {
        var all = values.ToArray();
        var mean = all.Average();
        return MathF.Sqrt(all.Average(value => (value - mean) * (value - mean)));
    }

    private static float CoverageOf(SketchPlace place, int region)
    {
        var (row, column) = (region / RegionsPerSide, region % RegionsPerSide);
        return place switch
        {
            SketchPlace.Top => row switch { 0 => 1, 1 => 0.4f, _ => 0 },
            SketchPlace.Bottom => row switch { 2 => 1, 1 => 0.4f, _ => 0 },
            SketchPlace.Centre => (row == 1, column == 1) switch { (true, true) => 1, (false, false) => 0.2f, _ => 0.5f },
            _ => 1,
        };
    }

    private static void Square(Span<float> values) => TensorPrimitives.Multiply(values, values, values);
}
