namespace ImageSearch.Imaging.Headers;

/// <summary>
/// Formats that are recognised only to say that they are never opened: vector and page formats that can read other files,
/// camera raws, layered files and formats whose decoders are not fuzzed.
/// </summary>
internal static class ForeignFormats
{
    private const int SvgSearchLength = 1024;

    /// <summary>How people call the format, or null when the bytes are unknown.</summary>
    internal static string? NameOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 12 && bytes.Slice(4, 4).SequenceEqual("ftyp"u8))
        {
            return bytes.Slice(8, 4).SequenceEqual("crx "u8) ? "Canon raw" : "video or other ISO media file";
        }

        return ByText(bytes) ?? ByNumbers(bytes) ?? (IsSvg(bytes) ? "SVG" : null);
    }

    private static string? ByText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("%PDF"u8))
        {
            return "PDF";
        }

        if (bytes.StartsWith("%!PS"u8))
        {
            return "PostScript";
        }

        if (bytes.StartsWith("8BPS"u8))
        {
            return "Photoshop";
        }

        if (bytes.StartsWith("gimp xcf"u8))
        {
            return "GIMP";
        }

        if (bytes.StartsWith("FUJIFILMCCD-RAW"u8) || bytes.StartsWith("IIRO"u8) || bytes.StartsWith("IIRS"u8)
            || bytes.StartsWith("IIU\0"u8) || bytes.StartsWith("MMOR"u8) || IsCanonRaw(bytes))
        {
            return "camera raw";
        }

        if (bytes.StartsWith("qoif"u8))
        {
            return "QOI";
        }

        if (bytes.StartsWith("DDS "u8))
        {
            return "DDS";
        }

        if (bytes.StartsWith("icns"u8))
        {
            return "Apple icon";
        }

        if (bytes.StartsWith("#?RADIANCE"u8) || bytes.StartsWith("#?RGBE"u8))
        {
            return "Radiance";
        }

        return bytes.StartsWith("AT&TFORM"u8) ? "DjVu" : null;
    }

    private static string? ByNumbers(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', ..] or [0xFF, 0x4F, 0xFF, 0x51, ..] => "JPEG 2000",
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', ..] => "JPEG XL",
        [0, 0, 1, 0, _, 0, ..] => "icon",
        [0, 0, 2, 0, _, 0, ..] => "cursor",
        [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'#', ..] => "PNM",
        [0x76, 0x2F, 0x31, 0x01, ..] => "OpenEXR",
        [0x8A, (byte)'M', (byte)'N', (byte)'G', ..] => "MNG",
        [0x8B, (byte)'J', (byte)'N', (byte)'G', ..] => "JNG",
        [0xD7, 0xCD, 0xC6, 0x9A, ..] => "Windows metafile",
        _ => null,
    };

    private static bool IsCanonRaw(ReadOnlySpan<byte> bytes) => bytes.StartsWith("II*\0"u8) && ImageFormats.IsCanonRaw(bytes);

    private static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.TrimStart("\uFEFF \t\r\n"u8);
        return start.Length > 0 && start[0] == '<'
            && start[..Math.Min(start.Length, SvgSearchLength)].IndexOf("<svg"u8) >= 0;
    }
}
