namespace ImageSearch.Imaging;

/// <summary>A colour in OKLab, where equal distances look about equally different.</summary>
/// <param name="L">Lightness, 0 (black) to 1 (white).</param>
/// <param name="A">Green (below 0) to red, about −0.4…0.4.</param>
/// <param name="B">Blue (below 0) to yellow, about −0.4…0.4.</param>
/// <seealso href="https://bottosson.github.io/posts/oklab/"/>
internal readonly record struct Oklab(float L, float A, float B)
{
    public float Chroma => MathF.Sqrt((A * A) + (B * B));

    /// <summary>Degrees from red towards yellow, 0…360.</summary>
    public float Hue => MathF.Atan2(B, A) * 180 / MathF.PI is var hue && hue < 0 ? hue + 360 : hue;

    /// <summary>A colour by lightness, chroma and hue in degrees.</summary>
    public static Oklab OfHue(float lightness, float chroma, float hue) =>
        new(lightness, chroma * MathF.Cos(hue * MathF.PI / 180), chroma * MathF.Sin(hue * MathF.PI / 180));

    /// <summary>A colour by its sRGB channels, 0…255.</summary>
    public static Oklab OfSrgb(float red, float green, float blue) => OfLinear(Linear(red), Linear(green), Linear(blue));

    /// <summary>A colour by its amounts of light, 0…1.</summary>
    public static Oklab OfLinear(float red, float green, float blue)
    {
        var l = MathF.Cbrt((0.4122214708f * red) + (0.5363325363f * green) + (0.0514459929f * blue));
        var m = MathF.Cbrt((0.2119034982f * red) + (0.6806995451f * green) + (0.1073969566f * blue));
        var s = MathF.Cbrt((0.0883024619f * red) + (0.2817188376f * green) + (0.6299787005f * blue));
        return new Oklab(
            (0.2104542553f * l) + (0.7936177850f * m) - (0.0040720468f * s),
            (1.9779984951f * l) - (2.4285922050f * m) + (0.4505937099f * s),
            (0.0259040371f * l) + (0.7827717662f * m) - (0.8086757660f * s));
    }

    /// <summary>The amount of light, 0…1, of an sRGB channel, 0…255.</summary>
    public static float Linear(float channel)
    {
        var share = channel / 255;
        return share <= 0.04045f ? share / 12.92f : MathF.Pow((share + 0.055f) / 1.055f, 2.4f);
    }
}
