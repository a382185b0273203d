using System.Buffers.Binary;

namespace ImageSearch.Imaging.Headers;

/// <summary>
/// The boxes of a HEIF file (ISO/IEC 23008-12): brands, the primary item's size (<c>ispe</c>) and quarter turns (<c>irot</c>).
/// The decoder turns the picture by itself, so no orientation is left to apply.
/// </summary>
internal static class HeifHeader
{
    private const int MostBoxes = 10_000;

    /// <summary>HEIC or AVIF by the brands of the <c>ftyp</c> box, else null.</summary>
    internal static ImageFormat? FormatOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16 || !bytes.Slice(4, 4).SequenceEqual("ftyp"u8))
        {
            return null;
        }

        var size = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), (uint)bytes.Length);
        var major = bytes.Slice(8, 4);
        var format = OfBrand(major);
        var isStill = format is not null || major.SequenceEqual("mif1"u8) || major.SequenceEqual("msf1"u8) || major.SequenceEqual("miaf"u8);
        for (var brand = 16; format is null && isStill && brand + 4 <= size; brand += 4)
        {
            format = OfBrand(bytes.Slice(brand, 4));
        }

        return format;
    }

    internal static PictureHeader Read(ReadOnlySpan<byte> bytes, ImageFormat format)
    {
        var meta = Find(bytes, "meta"u8, format);
        var children = meta.Length > 4 ? meta[4..] : default;
        var properties = Find(children, "iprp"u8, format);
        var list = Find(properties, "ipco"u8, format);
        var owned = PropertiesOf(PrimaryItem(Find(children, "pitm"u8, format), format), Find(properties, "ipma"u8, format), format);
        long width = 0, height = 0;
        var isTurned = false;
        for (var index = 1; list.Length >= 8 && index < MostBoxes; index++)
        {
            var box = Next(ref list, format, out var type);
            if (!owned.Contains(index))
            {
                continue;
            }

            var reader = new ByteReader(box, format, littleEndian: false);
            if (type == "ispe")
            {
                (width, height) = (reader.Int(4), reader.Int(8));
            }
            else if (type == "irot")
            {
                isTurned = (reader.Byte(0) & 1) == 1;
            }
        }

        return new PictureHeader(
            format, isTurned ? height : width, isTurned ? width : height, ExifOrientation.Upright, IsDecodedWhole: true);
    }

    /// <summary>True when a box runs beyond the last byte.</summary>
    internal static bool EndsEarly(ReadOnlySpan<byte> bytes)
    {
        long position = 0;
        for (var box = 0; box < MostBoxes && position + 8 <= bytes.Length; box++)
        {
            long size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)position..]);
            if (size < 8)
            {
                return false;
            }

            position += size;
        }

        return position > bytes.Length;
    }

    private static ImageFormat? OfBrand(ReadOnlySpan<byte> brand) => brand switch
    {
        [(byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s'] => ImageFormat.Avif,
        [(byte)'h', (byte)'e', (byte)'i' or (byte)'v', (byte)'c' or (byte)'x' or (byte)'m' or (byte)'s'] => ImageFormat.Heic,
        _ => null,
    };

    private static long PrimaryItem(ReadOnlySpan<byte> box, ImageFormat format)
    {
        var reader = new ByteReader(box, format, littleEndian: false);
        return reader.Byte(0) == 0 ? reader.Short(4) : reader.Int(4);
    }

    private static HashSet<int> PropertiesOf(long item, ReadOnlySpan<byte> box, ImageFormat format)
    {
        var reader = new ByteReader(box, format, littleEndian: false);
        var hasLongIds = reader.Byte(0) >= 1;
        var hasLongIndexes = (reader.Byte(3) & 1) == 1;
        var owned = new HashSet<int>();
        long position = 8;
        for (var entries = Math.Min(reader.Int(4), MostBoxes); entries > 0; entries--)
        {
            long id = hasLongIds ? reader.Int(position) : (uint)reader.Short(position);
            position += hasLongIds ? 4 : 2;
            for (var count = reader.Byte(position++); count > 0; count--)
            {
                var index = hasLongIndexes ? reader.Short(position) & 0x7FFF : reader.Byte(position) & 0x7F;
                position += hasLongIndexes ? 2 : 1;
                if (id == item)
                {
                    owned.Add(index);
                }
            }
        }

        return owned;
    }

    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> boxes, ReadOnlySpan<byte> wanted, ImageFormat format)
    {
        var name = System.Text.Encoding.ASCII.GetString(wanted);
        for (var index = 0; boxes.Length >= 8 && index < MostBoxes; index++)
        {
            var box = Next(ref boxes, format, out var type);
            if (type == name)
            {
                return box;
            }
        }

        throw new ImageFormatException(ImageRefusal.Corrupt, $"The {ImageFormats.NameOf(format)} has no '{name}' box.");
    }

    internal static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> boxes, ImageFormat format, out string type)
    {
        var reader = new ByteReader(boxes, format, littleEndian: false);
        long size = reader.Int(0);
        type = System.Text.Encoding.Latin1.GetString(reader.Slice(4, 4));
        var start = 8;
        if (size == 1)
        {
            size = (long)Math.Min(reader.Long(8), long.MaxValue / 2);
            start = 16;
        }
        else if (size == 0)
        {
            size = boxes.Length;
        }

        var content = size < start
            ? throw new ImageFormatException(ImageRefusal.Corrupt, $"The {ImageFormats.NameOf(format)} has a box of {size} bytes.")
            : reader.Slice(start, size - start);
        boxes = boxes[(int)size..];
        return content;
    }
}
