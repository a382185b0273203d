using System.Buffers.Binary;
using System.Numerics;

namespace ImageSearch.Imaging;

/// <summary>
/// Decodes Windows bitmaps in managed code, because libvips has no safe loader for them: 1 to 32 bits a pixel, palettes, masks and
/// both run-length codings. The picture's size has been held to the limits before.
/// </summary>
internal static class BmpDecoder
{
    internal static ImagePixels Decode(ReadOnlySpan<byte> bytes)
    {
        var layout = BmpLayout.Read(bytes);
        var indexed = layout.Compression switch
        {
            BmpCompression.None or BmpCompression.Masks => null,
            BmpCompression.RunLength8 when layout.Bits == 8 => BmpRunLength.Decode(layout, bytes[layout.PixelOffset..]),
            BmpCompression.RunLength4 when layout.Bits == 4 => BmpRunLength.Decode(layout, bytes[layout.PixelOffset..]),
            _ => throw new ImageFormatException(
                ImageRefusal.UnsupportedFormat, $"The BMP has compression {(int)layout.Compression} with {layout.Bits} bits a pixel, which is not decoded."),
        };
        var rgb = new byte[layout.Width * layout.Height * 3];
        for (var row = 0; row < layout.Height; row++)
        {
            var target = rgb.AsSpan((layout.IsTopDown ? row : layout.Height - 1 - row) * layout.Width * 3, layout.Width * 3);
            if (indexed is not null)
            {
                FromPalette(layout, indexed.AsSpan(row * layout.Width, layout.Width), 8, target);
                continue;
            }

            var source = bytes.Slice(layout.PixelOffset + (row * layout.Stride), layout.RowBytes);
            if (layout.Bits <= 8)
            {
                FromPalette(layout, source, layout.Bits, target);
            }
            else
            {
                FromMasks(layout, source, target);
            }
        }

        return new ImagePixels(layout.Width, layout.Height, rgb);
    }

    private static void FromPalette(BmpLayout layout, ReadOnlySpan<byte> source, int bits, Span<byte> target)
    {
        var perByte = 8 / bits;
        for (var x = 0; x < layout.Width; x++)
        {
            var shift = 8 - (bits * ((x % perByte) + 1));
            var index = (source[x / perByte] >> shift) & ((1 << bits) - 1);
            var colour = index < layout.Palette.Length ? layout.Palette[index] : 0;
            (target[x * 3], target[(x * 3) + 1], target[(x * 3) + 2]) = ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
        }
    }

    private static void FromMasks(BmpLayout layout, ReadOnlySpan<byte> source, Span<byte> target)
    {
        var size = layout.Bits / 8;
        for (var x = 0; x < layout.Width; x++)
        {
            var pixel = source.Slice(x * size, size);
            var value = size switch
            {
                2 => BinaryPrimitives.ReadUInt16LittleEndian(pixel),
                3 => (uint)(pixel[0] | (pixel[1] << 8) | (pixel[2] << 16)),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(pixel),
            };
            var alpha = layout.AlphaMask == 0 ? 255 : Channel(value, layout.AlphaMask);
            target[x * 3] = OnWhite(Channel(value, layout.RedMask), alpha);
            target[(x * 3) + 1] = OnWhite(Channel(value, layout.GreenMask), alpha);
            target[(x * 3) + 2] = OnWhite(Channel(value, layout.BlueMask), alpha);
        }
    }

    private static int Channel(uint value, uint mask)
    {
        if (mask == 0)
        {
            return 0;
        }

        var shift = BitOperations.TrailingZeroCount(mask);
        return (int)((ulong)((value & mask) >> shift) * 255 / (mask >> shift));
    }

    private static byte OnWhite(int channel, int alpha) => (byte)(((channel * alpha) + (255 * (255 - alpha))) / 255);
}
