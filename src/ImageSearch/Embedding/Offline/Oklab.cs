namespace ImageSearch.Embedding.Offline;

/// <summary>A colour in OKLab, where equal distances look about equally different.</summary>
/// <param name="L">Lightness, 0 (black) to 1 (white).</param>
/// <param name="A">Green (below 0) to red, about −0.4…0.4.</param>
/// <param name="B">Blue (below 0) to yellow, about −0.4…0.4.</param>
/// <seealso href="https://bottosson.github.io/posts/oklab/"/>
internal readonly record struct Oklab(float L, float A, float B)
{
    public float Chroma => MathF.Sqrt((A * A) + (B * B));

    /// <summary>A colour by lightness, chroma and hue in degrees.</summary>
    public static Oklab OfHue(float lightness, float chroma, float hue) =>
        new(lightness, chroma * MathF.Cos(hue * MathF.PI / 180), chroma * MathF.Sin(hue * MathF.PI / 180));

    /// <summary>A colour by its sRGB channels, 0…255.</summary>
    public static Oklab OfSrgb(float red, float green, float blue)
    {
        float r = Linear(red), g = Linear(green), b = Linear(blue);
        var l = MathF.Cbrt((0.4122214708f * r) + (0.5363325363f * g) + (0.0514459929f * b));
        var m = MathF.Cbrt((0.2119034982f * r) + (0.6806995451f * g) + (0.1073969566f * b));
        var s = MathF.Cbrt((0.0883024619f * r) + (0.2817188376f * g) + (0.6299787005f * b));
        return new Oklab(
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }

    private static float Linear(float channel)
    {
        var share = channel / 255;
        return share <= 0.04045f ? share / 12.92f : MathF.Pow((share + 0.055f) / 1.055f, 2.4f);
    }
}
