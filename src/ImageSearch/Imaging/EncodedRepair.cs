using System.Buffers.Binary;
using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging;

/// <summary>What is done to the bytes of a picture before the decoder sees them.</summary>
internal static class EncodedRepair
{
    // The largest colour profiles in use, those of printing presses, have about 3 MB; compressed they are well below this.
    private const int LargestProfileChunk = 2 << 20;

    /// <summary>
    /// The bytes themselves; or, for a JPEG that lacks only its end marker, with the marker; for a PNG, without the chunks that
    /// carry no pixels (texts can unpack to gigabytes inside the decoder); for a GIF, only up to the end of its first frame (a later
    /// one can ask for gigabytes, or be damaged).
    /// </summary>
    internal static ReadOnlySpan<byte> ForDecoder(ReadOnlySpan<byte> bytes, ImageFormat format) => format switch
    {
        ImageFormat.Jpeg when !JpegHeader.HasEnd(bytes) => (byte[])[.. bytes, 0xFF, 0xD9],
        ImageFormat.Png => PixelChunks(bytes),
        ImageFormat.Gif => FirstFrame(bytes),
        _ => bytes,
    };

    private static ReadOnlySpan<byte> FirstFrame(ReadOnlySpan<byte> bytes) =>
        GifHeader.EndOfFirstFrame(bytes) is >= 0 and var end && end < bytes.Length
            ? (byte[])[.. bytes[..end], GifHeader.Trailer]
            : bytes;

    private static ReadOnlySpan<byte> PixelChunks(ReadOnlySpan<byte> bytes)
    {
        var kept = new List<Range>();
        var position = PngHeader.SignatureLength;
        var isWhole = true;
        while (position + 12L <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[position..]);
            var type = bytes.Slice(position + 4, 4);
            var end = position + 12L + length;
            if (end > bytes.Length)
            {
                break;
            }

            if (CarriesPixels(type, length))
            {
                kept.Add(position..(int)end);
            }
            else
            {
                isWhole = false;
            }

            position = (int)end;
            if (type.SequenceEqual("IEND"u8))
            {
                position = bytes.Length;
            }
        }

        // What runs beyond the end stays: the decoder shall see that the file is cut.
        kept.Add(position..);
        return isWhole ? bytes : Join(bytes, kept);
    }

    private static bool CarriesPixels(ReadOnlySpan<byte> type, uint length) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8)
        || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8) || type.SequenceEqual("sRGB"u8)
        || (type.SequenceEqual("iCCP"u8) && length <= LargestProfileChunk);

    private static byte[] Join(ReadOnlySpan<byte> bytes, List<Range> kept)
    {
        using var joined = new MemoryStream(bytes.Length);
        joined.Write(bytes[..PngHeader.SignatureLength]);
        foreach (var chunk in kept)
        {
            joined.Write(bytes[chunk]);
        }

        return joined.ToArray();
    }
}
