using System.Numerics;

namespace ImageSearch.Collections.Vectors;

/// <summary>The segments of a store: where each row is written and mapped.</summary>
internal sealed class VectorFiles(string folder, int dimension, int segmentRows, VectorStoreAccess access) : IDisposable
{
    private const long SegmentBytes = 256L << 20;
    private const int LeastSegmentRows = 64;

    private readonly int _rowBytes = dimension * sizeof(float);
    private readonly List<VectorSegment> _segments = [];

    /// <summary>Rows of a full segment in a new store: about 256 MiB, and a power of two, so that a row's segment is a shift away.</summary>
    public static int DefaultSegmentRows(int dimension) =>
        Math.Max(LeastSegmentRows, 1 << BitOperations.Log2((ulong)(SegmentBytes / ((long)dimension * sizeof(float)))));

    /// <summary>Writes rows; they are on the disk when the call returns.</summary>
    /// <returns>Their checksum: that of each segment's part, joined.</returns>
    public uint Write(int firstRow, ReadOnlySpan<byte> rows)
    {
        uint checksum = 0;
        while (!rows.IsEmpty)
        {
            int inSegment = firstRow % segmentRows;
            int count = Math.Min(rows.Length / _rowBytes, segmentRows - inSegment);
            ReadOnlySpan<byte> part = rows[..(count * _rowBytes)];
            Segment(firstRow / segmentRows).Write(inSegment, part);
            checksum = Checksum.Join(checksum, Checksum.Of(part));
            rows = rows[part.Length..];
            firstRow += count;
        }

        return checksum;
    }

    /// <summary>Maps the first <paramref name="count"/> rows.</summary>
    /// <exception cref="CollectionException">The files hold fewer.</exception>
    public VectorRows View(int count)
    {
        int segments = (int)(((long)count + segmentRows - 1) / segmentRows);
        var addresses = new nint[segments];
        for (int number = 0; number < segments; number++)
        {
            int rows = Math.Min(segmentRows, count - (number * segmentRows));
            VectorSegment segment = Segment(number);
            if (!segment.Map(rows))
            {
                throw Damaged($"'{VectorSegment.FileName(number)}' has {segment.Rows} rows of {rows}");
            }

            addresses[number] = segment.Address;
        }

        return new VectorRows(addresses, segmentRows, dimension, count);
    }

    public void Dispose() => _segments.ForEach(segment => segment.Dispose());

    private VectorSegment Segment(int number)
    {
        while (_segments.Count <= number)
        {
            try
            {
                string path = Path.Combine(folder, VectorSegment.FileName(_segments.Count));
                _segments.Add(new VectorSegment(MappedFile.Open(path, access), dimension, segmentRows));
            }
            catch (FileNotFoundException)
            {
                throw Damaged($"'{VectorSegment.FileName(_segments.Count)}' is missing");
            }
        }

        return _segments[number];
    }

    private CollectionException Damaged(string what) => new(
        CollectionFault.Damaged,
        $"The vectors in '{folder}' are damaged: {what}. Restore the collection from a copy, or delete it and index again.");
}
