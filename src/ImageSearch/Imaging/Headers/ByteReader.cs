using System.Buffers.Binary;

namespace ImageSearch.Imaging.Headers;

/// <summary>Bounded reads from untrusted bytes: what lies beyond the end is a truncated picture, never a fault.</summary>
internal readonly ref struct ByteReader(ReadOnlySpan<byte> bytes, ImageFormat format, bool littleEndian)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    internal int Length => _bytes.Length;

    internal bool Has(long offset, long count) => offset >= 0 && count >= 0 && offset + count <= _bytes.Length;

    internal byte Byte(long offset) => Slice(offset, 1)[0];

    internal int Short(long offset)
    {
        var two = Slice(offset, 2);
        return littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(two) : BinaryPrimitives.ReadUInt16BigEndian(two);
    }

    internal uint Int(long offset)
    {
        var four = Slice(offset, 4);
        return littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(four) : BinaryPrimitives.ReadUInt32BigEndian(four);
    }

    internal ulong Long(long offset)
    {
        var eight = Slice(offset, 8);
        return littleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(eight) : BinaryPrimitives.ReadUInt64BigEndian(eight);
    }

    internal ReadOnlySpan<byte> Slice(long offset, long count) =>
        Has(offset, count)
            ? _bytes.Slice((int)offset, (int)count)
            : throw new ImageFormatException(
                ImageRefusal.Truncated, $"The {ImageFormats.NameOf(format)} ends after {_bytes.Length} bytes, inside its header.");
}
