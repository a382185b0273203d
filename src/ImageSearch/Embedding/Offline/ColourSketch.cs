using static ImageSearch.Embedding.Offline.VisualLayout;

namespace ImageSearch.Embedding.Offline;

/// <summary>
/// What a picture of some words would measure, if it were the average photograph with their colours laid over it. Edges and
/// spreads stay average: words say nothing about them.
/// </summary>
internal static class ColourSketch
{
    // Some of the average photograph always shows through, or one word would wipe out all that is not said.
    private const float MostCovered = 0.9f;

    /// <summary>The measurements of the sketch, before they are standardised: shape [512].</summary>
    public static float[] Measure(IReadOnlyList<SketchStroke> strokes)
    {
        var visual = VisualStatistics.Means.ToArray();
        var overall = new float[ColourScale.Count];
        for (var region = 0; region < Regions; region++)
        {
            var covered = strokes.Sum(stroke => stroke.Share * CoverageOf(stroke.Place, region));
            var fit = covered > MostCovered ? MostCovered / covered : 1;
            var colours = RegionColours.In(visual).Slice(region * ColourScale.Count, ColourScale.Count);
            Square(colours);
            Scale(colours, 1 - (covered * fit));
            var tones = RegionTones.In(visual).Slice(region * Tones, Tones);
            Scale(tones, 1 - (covered * fit), ToneLightness, ToneChroma, ToneA, ToneB);
            foreach (var stroke in strokes)
            {
                Lay(stroke, stroke.Share * CoverageOf(stroke.Place, region) * fit, colours, tones);
            }

            for (var at = 0; at < colours.Length; at++)
            {
                overall[at] += colours[at] / Regions;
                colours[at] = MathF.Sqrt(colours[at]);
            }
        }

        for (var at = 0; at < overall.Length; at++)
        {
            OverallColours.In(visual)[at] = MathF.Sqrt(overall[at]);
        }

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

    private static void Square(Span<float> values)
    {
        foreach (ref var value in values)
        {
            value *= value;
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }

    private static void Scale(Span<float> tones, float factor, params ReadOnlySpan<int> which)
    {
        foreach (var tone in which)
        {
            tones[tone] *= factor;
        }
    }
}
