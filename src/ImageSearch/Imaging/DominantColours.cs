namespace ImageSearch.Imaging;

/// <summary>Names the colours of a picture by lightness, chroma and hue in OKLab, and measures their shares of the area.</summary>
public static class DominantColours
{
    private const int MostColours = 5;
    private const float LeastShare = 0.05f;
    private const int BitsPerChannel = 5;
    private static readonly string[] AllNames =
        ["red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "brown", "black", "grey", "white"];

    // One name for each of 32 x 32 x 32 colours, so that a pixel costs a look-up.
    private static readonly Lazy<byte[]> NameByColour = new(NameEveryColour);

    /// <summary>The twelve names of the palette.</summary>
    public static IReadOnlyList<string> Names => AllNames;

    /// <summary>At most five colours that each cover at least a twentieth of the picture (the largest in any case), largest share first.</summary>
    public static IReadOnlyList<DominantColour> Of(ImagePixels pixels)
    {
        var rgb = pixels.Rgb.Span;
        var names = NameByColour.Value;
        var counts = new int[AllNames.Length];
        for (var at = 0; at + 2 < rgb.Length; at += 3)
        {
            counts[names[Cell(rgb[at], rgb[at + 1], rgb[at + 2])]]++;
        }

        var total = Math.Max(1, rgb.Length / 3);
        return [.. counts
            .Select((count, name) => new DominantColour(AllNames[name], (float)count / total))
            .OrderByDescending(colour => colour.Share)
            .Where((colour, rank) => colour.Share >= LeastShare || rank == 0)
            .Take(MostColours)];
    }

    /// <summary>The name of one sRGB colour.</summary>
    internal static string NameOf(byte red, byte green, byte blue) => AllNames[NameByColour.Value[Cell(red, green, blue)]];

    private static int Cell(byte red, byte green, byte blue)
    {
        const int Dropped = 8 - BitsPerChannel;
        return (((red >> Dropped) << BitsPerChannel) | (green >> Dropped)) << BitsPerChannel | (blue >> Dropped);
    }

    private static byte[] NameEveryColour()
    {
        const int Steps = 1 << BitsPerChannel;
        float[] light = [.. Enumerable.Range(0, Steps).Select(step => Oklab.Linear(step * 255f / (Steps - 1)))];
        var names = new byte[Steps * Steps * Steps];
        for (var cell = 0; cell < names.Length; cell++)
        {
            var colour = Oklab.OfLinear(
                light[cell >> (2 * BitsPerChannel)], light[(cell >> BitsPerChannel) & (Steps - 1)], light[cell & (Steps - 1)]);
            names[cell] = (byte)Array.IndexOf(AllNames, Name(colour.L, colour.Chroma, colour.Hue));
        }

        return names;
    }

    private static string Name(float lightness, float chroma, float hue)
    {
        if (lightness < 0.22f || (lightness < 0.3f && chroma < 0.05f))
        {
            return "black";
        }

        if (chroma < 0.035f)
        {
            return lightness switch { > 0.92f => "white", < 0.3f => "black", _ => "grey" };
        }

        return hue switch
        {
            < 18 or >= 345 => lightness > 0.62f ? "pink" : "red",
            < 40 => lightness > 0.72f ? "pink" : lightness < 0.45f && chroma < 0.12f ? "brown" : "red",
            < 80 => lightness < 0.62f || chroma < 0.08f ? "brown" : "orange",
            < 118 => lightness < 0.55f ? "brown" : "yellow",
            < 170 => "green",
            < 222 => "cyan",
            < 282 => "blue",
            < 330 => lightness > 0.78f ? "pink" : "purple",
            _ => lightness > 0.5f ? "pink" : "purple",
        };
    }
}
