namespace ImageSearch.Imaging.Headers;

/// <summary>Tells formats apart by their first bytes, and how people call them.</summary>
internal static class ImageFormats
{
    internal static string NameOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "JPEG",
        ImageFormat.Png => "PNG",
        ImageFormat.Gif => "GIF",
        ImageFormat.Webp => "WebP",
        ImageFormat.Tiff => "TIFF",
        ImageFormat.Bmp => "BMP",
        ImageFormat.Heic => "HEIC",
        ImageFormat.Avif => "AVIF",
        _ => format.ToString(),
    };

    /// <summary>The format, or null when the bytes are none of those that the house reads.</summary>
    internal static ImageFormat? Of(ReadOnlySpan<byte> bytes)
    {
        return bytes switch
        {
            [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.Webp,
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] when !IsCanonRaw(bytes) => ImageFormat.Tiff,
            [(byte)'M', (byte)'M', 0, 42 or 43, ..] => ImageFormat.Tiff,
            [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124, 0, 0, 0, ..] => ImageFormat.Bmp,
            _ => HeifHeader.FormatOf(bytes),
        };
    }

    internal static bool IsCanonRaw(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 9 && bytes[8] == 'C' && bytes[9] == 'R';
}
