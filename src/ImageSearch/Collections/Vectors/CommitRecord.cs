using System.Buffers.Binary;

namespace ImageSearch.Collections.Vectors;

/// <summary>One append, 32 bytes in <c>commit.log</c>, little-endian.</summary>
/// <param name="FirstRow">The first row appended.</param>
/// <param name="RowCount">Rows appended.</param>
/// <param name="RowsChecksum"><see cref="Checksum"/> of the rows' bytes, joined segment by segment.</param>
internal readonly record struct CommitRecord(int FirstRow, int RowCount, uint RowsChecksum)
{
    /// <summary>Bytes of a stored record.</summary>
    public const int Size = 32;

    private const int AppendKind = 1;
    private const int ChecksumAt = 28;

    /// <summary>Rows in the store after the record, when there were <paramref name="before"/>; null when the record does not fit there.</summary>
    public int? RowsAfter(int before) =>
        FirstRow == before && RowCount > 0 && RowCount <= int.MaxValue - before ? before + RowCount : null;

    /// <summary>Writes the record as the <paramref name="sequence"/>th of its log.</summary>
    public void Write(Span<byte> bytes, long sequence)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, sequence);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], AppendKind);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], FirstRow);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], RowCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], RowsChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Checksum.Of(bytes[..ChecksumAt]));
    }

    /// <summary>Reads the <paramref name="sequence"/>th record of a log; null when the bytes are not that record.</summary>
    public static CommitRecord? Read(ReadOnlySpan<byte> bytes, long sequence)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != Checksum.Of(bytes[..ChecksumAt])
            || BinaryPrimitives.ReadInt64LittleEndian(bytes) != sequence
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != AppendKind)
        {
            return null;
        }

        return new CommitRecord(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));
    }
}
