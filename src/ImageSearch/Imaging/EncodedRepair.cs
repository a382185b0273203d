using System.Buffers.Binary;
using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging;

/// <summary>What is done to the bytes of a picture before the decoder sees them.</summary>
internal static class EncodedRepair
{
    // The largest colour profiles in use, those of printing presses, have about 3 MB; compressed they are well below this.
    private const int LargestProfileChunk = 2 << 20;

    /// <summary>
    /// The bytes themselves; or, for a JPEG that lacks only its end marker, with the marker; or, for a PNG, without the chunks that
    /// carry no pixels (texts can unpack to gigabytes inside the decoder).
    /// </summary>
    internal static ReadOnlySpan<byte> ForDecoder(ReadOnlySpan<byte> bytes, ImageFormat format) => format switch
    {
        ImageFormat.Jpeg when !JpegHeader.HasEnd(bytes) => (byte[])[.. bytes, 0xFF, 0xD9],
        ImageFormat.Png => PixelChunks(bytes),
        _ => bytes,
    };

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
                break;
            }
        }

        return isWhole ? bytes : Join(bytes, kept, position);
    }

    private static bool CarriesPixels(ReadOnlySpan<byte> type, uint length) =>
        type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8)
        || type.SequenceEqual("tRNS"u8) || type.SequenceEqual("gAMA"u8) || type.SequenceEqual("cHRM"u8) || type.SequenceEqual("sRGB"u8)
        || (type.SequenceEqual("iCCP"u8) && length <= LargestProfileChunk);

    private static byte[] Join(ReadOnlySpan<byte> bytes, List<Range> kept, int rest)
    {
        using var joined = new MemoryStream(bytes.Length);
        joined.Write(bytes[..PngHeader.SignatureLength]);
        foreach (var chunk in kept)
        {
            joined.Write(bytes[chunk]);
        }

        // A chunk that runs beyond the end stays: the decoder shall see that the file is cut.
        var lastKept = kept.Count > 0 ? kept[^1] : default;
        if (!bytes[lastKept].EndsWith("IEND"u8) && rest < bytes.Length)
        {
            joined.Write(bytes[rest..]);
        }

        return joined.ToArray();
    }
}
