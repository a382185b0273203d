namespace ImageSearch.Imaging;

/// <summary>The run-length codings of bitmaps, to one palette index a pixel; pixels that are skipped have index 0.</summary>
internal static class BmpRunLength
{
    private const byte EndOfLine = 0;
    private const byte EndOfBitmap = 1;
    private const byte Delta = 2;

    internal static byte[] Decode(BmpLayout layout, ReadOnlySpan<byte> code)
    {
        var indexes = new byte[layout.Width * layout.Height];
        var (at, x, y) = (0, 0, 0);
        while (y < layout.Height)
        {
            var (count, value) = (Next(code, ref at), Next(code, ref at));
            if (count > 0)
            {
                for (var pixel = 0; pixel < count; pixel++)
                {
                    Put(layout, indexes, x++, y, IndexIn(layout, value, pixel));
                }
            }
            else if (value == EndOfLine)
            {
                (x, y) = (0, y + 1);
            }
            else if (value == EndOfBitmap)
            {
                break;
            }
            else if (value == Delta)
            {
                x += Next(code, ref at);
                y += Next(code, ref at);
            }
            else
            {
                var perByte = 8 / layout.Bits;
                var start = at;
                for (var pixel = 0; pixel < value; pixel++)
                {
                    if (pixel % perByte == 0)
                    {
                        start = at;
                        _ = Next(code, ref at);
                    }

                    Put(layout, indexes, x++, y, IndexIn(layout, code[start], pixel));
                }

                // Literal runs are padded to 16 bits.
                at += (value + perByte - 1) / perByte & 1;
            }
        }

        return indexes;
    }

    private static byte IndexIn(BmpLayout layout, byte value, int pixel) =>
        layout.Bits == 8 ? value : (byte)(pixel % 2 == 0 ? value >> 4 : value & 0x0F);

    private static void Put(BmpLayout layout, byte[] indexes, int x, int y, byte index)
    {
        if (x < layout.Width && y < layout.Height)
        {
            indexes[(y * layout.Width) + x] = index;
        }
    }

    private static byte Next(ReadOnlySpan<byte> code, ref int at) =>
        at < code.Length
            ? code[at++]
            : throw new ImageFormatException(ImageRefusal.Truncated, "The BMP ends inside its run-length code.");
}
