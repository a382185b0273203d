using System.Text;

namespace ImageSearch.Imaging.Headers;

/// <summary>The items of a HEIF file that are not pictures: their types (<c>iinf</c>) and places (<c>iloc</c>).</summary>
internal static class HeifItems
{
    private const int MostItems = 10_000;

    /// <summary>The first item of the type <paramref name="wanted"/>, empty when there is none that lies in the file in one piece.</summary>
    internal static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> bytes, string wanted, ImageFormat format)
    {
        var meta = HeifHeader.Find(bytes.Span, "meta"u8, format);
        var children = meta.Length > 4 ? meta[4..] : default;
        if (IdOf(HeifHeader.Find(children, "iinf"u8, format), wanted, format) is not { } id)
        {
            return default;
        }

        var (offset, length) = Place(HeifHeader.Find(children, "iloc"u8, format), id, format);
        return length > 0 && offset >= 0 && offset + length <= bytes.Length ? bytes.Slice((int)offset, (int)length) : default;
    }

    private static long? IdOf(ReadOnlySpan<byte> box, string wanted, ImageFormat format)
    {
        var reader = new ByteReader(box, format, littleEndian: false);
        var entries = box[(reader.Byte(0) == 0 ? 6 : 8)..];
        for (var index = 0; entries.Length >= 8 && index < MostItems; index++)
        {
            var entry = new ByteReader(HeifHeader.Next(ref entries, format, out _), format, littleEndian: false);
            var version = entry.Byte(0);
            if (version < 2)
            {
                continue;
            }

            long id = version == 2 ? (uint)entry.Short(4) : entry.Int(4);
            if (Encoding.Latin1.GetString(entry.Slice(version == 2 ? 8 : 10, 4)) == wanted)
            {
                return id;
            }
        }

        return null;
    }

    private static (long Offset, long Length) Place(ReadOnlySpan<byte> box, long wanted, ImageFormat format)
    {
        var reader = new ByteReader(box, format, littleEndian: false);
        var version = reader.Byte(0);
        var (offsetSize, lengthSize) = (reader.Byte(4) >> 4, reader.Byte(4) & 15);
        var (baseSize, indexSize) = (reader.Byte(5) >> 4, version == 0 ? 0 : reader.Byte(5) & 15);
        long position = version < 2 ? 8 : 10;
        var items = version < 2 ? (uint)reader.Short(6) : reader.Int(6);
        for (long index = 0; index < Math.Min(items, MostItems); index++)
        {
            long id = version < 2 ? (uint)reader.Short(position) : reader.Int(position);
            position += version < 2 ? 2 : 4;
            var isInFile = version == 0 || (reader.Short(position) & 15) == 0;
            position += version == 0 ? 2 : 4;
            var start = Number(reader, ref position, baseSize);
            var extents = reader.Short(position);
            position += 2;
            if (id == wanted)
            {
                position += indexSize;
                var offset = start + Number(reader, ref position, offsetSize);
                var length = Number(reader, ref position, lengthSize);
                return isInFile && extents == 1 ? (offset, length) : (-1, 0);
            }

            position += (long)extents * (indexSize + offsetSize + lengthSize);
        }

        return (-1, 0);
    }

    private static long Number(ByteReader reader, ref long position, int size)
    {
        var value = size switch
        {
            0 => 0,
            4 => reader.Int(position),
            8 => (long)Math.Min(reader.Long(position), int.MaxValue),
            _ => int.MaxValue,
        };
        position += size;
        return value;
    }
}
