using ImageSearch.Imaging;

namespace ImageSearch.Embedding.Offline;

/// <summary>
/// The 24 colours by which pictures are measured: five greys, eight hues in a dark and a light tone, three faint tints. Every
/// colour belongs to those near it in part, so that a small change of light changes a measurement only a little.
/// </summary>
internal static class ColourScale
{
    public const int Count = 24;

    // Lightness counts less than hue: the same thing in sun and shade should stay alike.
    private const float LightnessWeight = 0.6f;
    private const float Softness = 0.065f;

    private static readonly Oklab[] Colours = MakeColours();

    /// <summary>Writes how much of <paramref name="colour"/> each colour of the scale takes: shape [24], sum 1.</summary>
    public static void Divide(Oklab colour, Span<float> shares)
    {
        Span<float> distances = stackalloc float[Count];
        var nearest = float.MaxValue;
        for (var at = 0; at < Count; at++)
        {
            var other = Colours[at];
            var lightness = LightnessWeight * (colour.L - other.L);
            float a = colour.A - other.A, b = colour.B - other.B;
            distances[at] = (lightness * lightness) + (a * a) + (b * b);
            nearest = MathF.Min(nearest, distances[at]);
        }

        var sum = 0f;
        for (var at = 0; at < Count; at++)
        {
            shares[at] = MathF.Exp((nearest - distances[at]) / (2 * Softness * Softness));
            sum += shares[at];
        }

        for (var at = 0; at < Count; at++)
        {
            shares[at] /= sum;
        }
    }

    private static Oklab[] MakeColours()
    {
        const float Chroma = 0.13f;
        const float TintChroma = 0.05f;
        float[] greys = [0.05f, 0.3f, 0.52f, 0.74f, 0.97f];
        float[] hues = [28, 60, 100, 140, 195, 260, 305, 0];
        float[] tones = [0.42f, 0.70f];
        float[] tints = [70, 150, 260];
        return
        [
            .. greys.Select(lightness => new Oklab(lightness, 0, 0)),
            .. hues.SelectMany(hue => tones.Select(lightness => Oklab.OfHue(lightness, Chroma, hue))),
            .. tints.Select(hue => Oklab.OfHue(0.6f, TintChroma, hue)),
        ];
    }
}
