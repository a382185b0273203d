using System.Numerics.Tensors;
using ImageSearch.Imaging;

namespace ImageSearch.Embedding.Offline;

/// <summary>
/// The visual part of a vector: measurements told as their difference from the average photograph, in standard deviations, so
/// that pictures that have nothing to do with each other have a cosine near 0.
/// </summary>
internal static class VisualPart
{
    // A single odd measurement must not decide what a picture looks like.
    private const float MostDeviations = 3;

    /// <summary>How a picture looks: shape [512], unit length.</summary>
    public static float[] OfPicture(ImagePixels pixels) => Standardise(VisualMeasurement.Of(pixels));

    /// <summary>What the words of a text look like, or null when none of them is known to look like anything.</summary>
    public static float[]? OfText(IReadOnlyList<string> words)
    {
        var strokes = VisualLexicon.StrokesOf(words);
        return strokes.Count == 0 ? null : Standardise(ColourSketch.Measure(strokes));
    }

    private static float[] Standardise(float[] measured)
    {
        var visual = measured;
        TensorPrimitives.Subtract(visual, VisualStatistics.Means, visual);
        TensorPrimitives.Divide(visual, VisualStatistics.Deviations, visual);
        TensorPrimitives.Clamp(visual, -MostDeviations, MostDeviations, visual);
        foreach (var block in VisualLayout.Blocks)
        {
            var part = block.In(visual);
            UnitVector.TryNormalise(part);
            TensorPrimitives.Multiply(part, block.Weight, part);
        }

        UnitVector.TryNormalise(visual);
        return visual;
    }
}
