using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging.Metadata;

/// <summary>A GIF without comments and without the extensions of applications (GIF89a), but for those that say how often it is repeated.</summary>
internal static class BareGif
{
    private const byte Extension = 0x21;
    private const byte Image = 0x2C;
    private const byte Comment = 0xFE;
    private const byte Application = 0xFF;
    private const int ScreenEnd = 13;
    private const int ImageDescriptor = 10;

    /// <summary>The bare picture; null when the blocks do not lead to the end.</summary>
    internal static ReadOnlyMemory<byte>? Of(ReadOnlySpan<byte> bytes)
    {
        using var bare = new MemoryStream(bytes.Length);
        var position = bytes.Length >= ScreenEnd ? ScreenEnd + GifHeader.ColourTableLength(bytes[ScreenEnd - 3]) : bytes.Length;
        if (position >= bytes.Length)
        {
            return null;
        }

        bare.Write(bytes[..position]);
        while (position + 1 < bytes.Length && bytes[position] != GifHeader.Trailer)
        {
            var end = EndOfBlock(bytes, position);
            if (end < 0)
            {
                return null;
            }

            if (IsKept(bytes[position..end]))
            {
                bare.Write(bytes[position..end]);
            }

            position = end;
        }

        bare.WriteByte(GifHeader.Trailer);
        return bare.ToArray();
    }

    private static int EndOfBlock(ReadOnlySpan<byte> bytes, int position) => bytes[position] switch
    {
        Extension => GifHeader.SkipSubBlocks(bytes, position + 2),
        Image when position + ImageDescriptor < bytes.Length =>
            GifHeader.SkipSubBlocks(bytes, position + ImageDescriptor + GifHeader.ColourTableLength(bytes[position + ImageDescriptor - 1]) + 1),
        _ => -1,
    };

    // Behind the introducer: the label, then for applications a block of 11 bytes that names them.
    private static bool IsKept(ReadOnlySpan<byte> block) =>
        block[0] == Image
        || (block[1] is not (Comment or Application))
        || (block[1] == Application && (block[3..].StartsWith("NETSCAPE2.0"u8) || block[3..].StartsWith("ANIMEXTS1.0"u8)));
}
