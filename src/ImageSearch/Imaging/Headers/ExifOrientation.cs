namespace ImageSearch.Imaging.Headers;

/// <summary>Reads the orientation from a TIFF structure, as EXIF blocks carry it. Broken EXIF is no orientation, not a broken picture.</summary>
internal static class ExifOrientation
{
    internal const int Upright = 1;
    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;
    private const int LongType = 4;
    private const int MostEntries = 1000;

    /// <param name="exif">The block from its byte order mark on; a leading <c>Exif\0\0</c> is skipped.</param>
    internal static int Of(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0"u8) && exif.Length > 6)
        {
            exif = exif[6..];
        }

        var littleEndian = exif.StartsWith("II"u8);
        var reader = new ByteReader(exif, ImageFormat.Tiff, littleEndian);
        if ((!littleEndian && !exif.StartsWith("MM"u8)) || !reader.Has(4, 4))
        {
            return Upright;
        }

        long directory = reader.Int(4);
        if (!reader.Has(directory, 2))
        {
            return Upright;
        }

        var entries = Math.Min(reader.Short(directory), MostEntries);
        for (var entry = directory + 2; entries > 0 && reader.Has(entry, 12); entry += 12, entries--)
        {
            if (reader.Short(entry) == OrientationTag)
            {
                return Valid(reader.Short(entry + 2) switch
                {
                    ShortType => reader.Short(entry + 8),
                    LongType => reader.Int(entry + 8),
                    _ => Upright,
                });
            }
        }

        return Upright;
    }

    /// <summary>An EXIF block, from its byte order mark on, that says the orientation and nothing else.</summary>
    internal static ReadOnlySpan<byte> Block(int orientation) =>
        (byte[])[.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, OrientationTag >> 8, OrientationTag & 0xFF, 0, ShortType, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    internal static int Valid(long value) => value is >= 1 and <= 8 ? (int)value : Upright;
}
