using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging;

/// <summary>How a bitmap says that its pixels are stored.</summary>
internal enum BmpCompression
{
    None = 0,
    RunLength8 = 1,
    RunLength4 = 2,
    Masks = 3,
}

/// <summary>The headers and the palette of a bitmap, checked against its bytes.</summary>
internal sealed class BmpLayout
{
    private const int FileHeaderSize = 14;
    private const int CoreHeaderSize = 12;
    private const int InfoHeaderSize = 40;
    private const int HeaderWithAlphaMask = 56;
    private const int AlphaMasks = 6;

    internal required int Width { get; init; }

    internal required int Height { get; init; }

    internal required bool IsTopDown { get; init; }

    internal required int Bits { get; init; }

    internal required BmpCompression Compression { get; init; }

    internal required int PixelOffset { get; init; }

    /// <summary>Colours as 0xRRGGBB.</summary>
    internal required int[] Palette { get; init; }

    internal uint RedMask { get; private init; }

    internal uint GreenMask { get; private init; }

    internal uint BlueMask { get; private init; }

    internal uint AlphaMask { get; private init; }

    internal int RowBytes => ((Width * Bits) + 7) / 8;

    internal int Stride => ((Width * Bits) + 31) / 32 * 4;

    internal static BmpLayout Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes, ImageFormat.Bmp, littleEndian: true);
        var header = BmpHeader.Read(bytes);
        var headerSize = (int)reader.Int(FileHeaderSize);
        var isCore = headerSize == CoreHeaderSize;
        var bits = reader.Short(isCore ? 24 : 28);
        if (bits is not (1 or 2 or 4 or 8 or 16 or 24 or 32))
        {
            throw new ImageFormatException(ImageRefusal.Corrupt, $"The BMP says that it has {bits} bits a pixel.");
        }

        var stored = headerSize < InfoHeaderSize ? 0 : reader.Int(30);
        var compression = stored == AlphaMasks ? BmpCompression.Masks : (BmpCompression)stored;
        var masks = Masks(reader, headerSize, bits, stored);
        var palette = Palettes(reader, headerSize, bits, stored);
        var offset = reader.Int(10);
        var layout = new BmpLayout
        {
            Width = (int)header.Width,
            Height = (int)header.Height,
            IsTopDown = !isCore && (int)reader.Int(22) < 0,
            Bits = bits,
            Compression = compression,
            PixelOffset = (int)Math.Min(offset, (uint)bytes.Length),
            Palette = palette,
            RedMask = masks.Red,
            GreenMask = masks.Green,
            BlueMask = masks.Blue,
            AlphaMask = masks.Alpha,
        };
        if (compression is BmpCompression.None or BmpCompression.Masks)
        {
            var needed = layout.PixelOffset + ((long)layout.Stride * (layout.Height - 1)) + layout.RowBytes;
            if (needed > bytes.Length)
            {
                throw new ImageFormatException(
                    ImageRefusal.Truncated, $"The BMP has {bytes.Length:N0} bytes; its pixels need {needed:N0}.");
            }
        }

        return layout;
    }

    private static (uint Red, uint Green, uint Blue, uint Alpha) Masks(ByteReader reader, int headerSize, int bits, uint compression)
    {
        if (compression is (uint)BmpCompression.Masks or AlphaMasks)
        {
            var hasAlpha = headerSize >= HeaderWithAlphaMask || compression == AlphaMasks;
            const int First = FileHeaderSize + InfoHeaderSize;
            return (reader.Int(First), reader.Int(First + 4), reader.Int(First + 8), hasAlpha ? reader.Int(First + 12) : 0);
        }

        return bits == 16 ? (0x7C00u, 0x03E0u, 0x001Fu, 0u) : (0xFF0000u, 0x00FF00u, 0x0000FFu, 0u);
    }

    private static int[] Palettes(ByteReader reader, int headerSize, int bits, uint compression)
    {
        if (bits > 8)
        {
            return [];
        }

        var isCore = headerSize == CoreHeaderSize;
        var said = headerSize < InfoHeaderSize ? 0 : reader.Int(46);
        var count = (int)(said == 0 ? 1u << bits : Math.Min(said, 1u << bits));
        var masks = headerSize == InfoHeaderSize && compression == (uint)BmpCompression.Masks ? 12 : 0;
        var (start, size) = (FileHeaderSize + headerSize + masks, isCore ? 3 : 4);
        var palette = new int[count];
        for (var index = 0; index < count && reader.Has(start + ((long)index * size), 3); index++)
        {
            var colour = reader.Slice(start + ((long)index * size), 3);
            palette[index] = (colour[2] << 16) | (colour[1] << 8) | colour[0];
        }

        return palette;
    }
}
