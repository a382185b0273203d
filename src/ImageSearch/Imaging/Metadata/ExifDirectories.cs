using System.Runtime.InteropServices;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Tiff;
using MetadataExtractor.IO;
using Directory = MetadataExtractor.Directory;

namespace ImageSearch.Imaging.Metadata;

/// <summary>The directories of an EXIF block or a TIFF, and the XMP and IPTC found among their tags.</summary>
internal sealed record ExifDirectories(IReadOnlyList<Directory> Directories, ReadOnlyMemory<byte> Xmp, ReadOnlyMemory<byte> Iptc)
{
    internal static ExifDirectories Read(ReadOnlyMemory<byte> exif)
    {
        var directories = new List<Directory>();
        var handler = new Handler(directories);
        var bytes = MemoryMarshal.TryGetArray(exif, out var array) && array.Offset == 0 && array.Count == array.Array!.Length
            ? array.Array
            : exif.ToArray();
        try
        {
            TiffReader.ProcessTiff(new ByteArrayReader(bytes), handler);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Broken EXIF: what was read before the break stands. The reader throws whatever its bytes lead it to.
            return new ExifDirectories(directories, handler.Xmp, handler.Iptc);
        }

        return new ExifDirectories(directories, handler.Xmp, handler.Iptc);
    }

    /// <summary>
    /// Keeps the reader from parsing what is nested in EXIF: its XMP parser needs time that doubles with each level of nesting, and
    /// makers' notes are undocumented.
    /// </summary>
    private sealed class Handler(List<Directory> directories) : ExifTiffHandler(directories)
    {
        private const int XmpTag = 0x02BC;
        private const int IptcTag = 0x83BB;
        private const int LongestBlock = 1 << 20;

        internal byte[] Xmp { get; private set; } = [];

        internal byte[] Iptc { get; private set; } = [];

        public override bool CustomProcessTag(
            int tagOffset, ICollection<int> processedIfdOffsets, IndexedReader reader, int tagId, int byteCount)
        {
            switch (tagId)
            {
                case XmpTag when byteCount is > 0 and <= LongestBlock:
                    Xmp = reader.GetBytes(tagOffset, byteCount);
                    return true;
                case IptcTag when byteCount is > 0 and <= LongestBlock:
                    Iptc = reader.GetBytes(tagOffset, byteCount);
                    return true;
                default:
                    return tagId is XmpTag or IptcTag or ExifDirectoryBase.TagMakernote or PhotoshopTag;
            }
        }

        private const int PhotoshopTag = 0x8649;
    }
}
