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
        var linear = new double[Steps];
        for (var step = 0; step < Steps; step++)
        {
            var channel = step / (Steps - 1.0);
            linear[step] = channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
        }

        var names = new byte[Steps * Steps * Steps];
        for (var cell = 0; cell < names.Length; cell++)
        {
            var name = NameOfLinear(
                linear[cell >> (2 * BitsPerChannel)], linear[(cell >> BitsPerChannel) & (Steps - 1)], linear[cell & (Steps - 1)]);
            names[cell] = (byte)Array.IndexOf(AllNames, name);
        }

        return names;
    }

    // OKLab after Björn Ottosson, https://bottosson.github.io/posts/oklab/
    private static string NameOfLinear(double red, double green, double blue)
    {
        var l = Math.Cbrt((0.4122214708 * red) + (0.5363325363 * green) + (0.0514459929 * blue));
        var m = Math.Cbrt((0.2119034982 * red) + (0.6806995451 * green) + (0.1073969566 * blue));
        var s = Math.Cbrt((0.0883024619 * red) + (0.2817188376 * green) + (0.6299787005 * blue));
        var lightness = (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s);
        var a = (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s);
        var b = (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s);
        var chroma = Math.Sqrt((a * a) + (b * b));
        var hue = Math.Atan2(b, a) * 180 / Math.PI;
        return Name(lightness, chroma, hue < 0 ? hue + 360 : hue);
    }

    private static string Name(double lightness, double chroma, double hue)
    {
        if (lightness < 0.22 || (lightness < 0.3 && chroma < 0.05))
        {
            return "black";
        }

        if (chroma < 0.035)
        {
            return lightness switch { > 0.92 => "white", < 0.3 => "black", _ => "grey" };
        }

        return hue switch
        {
            < 18 or >= 345 => lightness > 0.62 ? "pink" : "red",
            < 40 => lightness > 0.72 ? "pink" : lightness < 0.45 && chroma < 0.12 ? "brown" : "red",
            < 80 => lightness < 0.62 || chroma < 0.08 ? "brown" : "orange",
            < 118 => lightness < 0.55 ? "brown" : "yellow",
            < 170 => "green",
            < 222 => "cyan",
            < 282 => "blue",
            < 330 => lightness > 0.78 ? "pink" : "purple",
            _ => lightness > 0.5 ? "pink" : "purple",
        };
    }
}
