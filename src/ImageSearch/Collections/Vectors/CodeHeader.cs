using System.Buffers.Binary;

namespace ImageSearch.Collections.Vectors;

/// <summary>The first 64 bytes of <c>codes.bin</c>, little-endian.</summary>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Width">Dimensions of the subspace.</param>
/// <param name="ModelChecksum"><see cref="Checksum"/> of the model; tells one model from another.</param>
/// <param name="TrainedRows">See <see cref="CodeModel.TrainedRows"/>.</param>
/// <param name="CapturedShare">See <see cref="CodeModel.CapturedShare"/>.</param>
/// <param name="CodedRows">Rows whose blocks are whole.</param>
/// <param name="LaterRows">Those of them that came after the model was learnt.</param>
/// <param name="LaterShare">Mean share of those that the subspace captures, 0…1.</param>
/// <param name="BlocksChecksum">Checksum of the blocks' checksums.</param>
internal readonly record struct CodeHeader(
    int Dimension,
    int Width,
    uint ModelChecksum,
    int TrainedRows,
    float CapturedShare,
    int CodedRows,
    int LaterRows,
    float LaterShare,
    uint BlocksChecksum)
{
    /// <summary>Bytes of the stored header.</summary>
    public const int Size = 64;

    private const ulong Magic = 0x31444F4356534D49; // "IMSVCOD1"
    private const int FormatVersion = 1;
    private const int ChecksumAt = Size - sizeof(uint);

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes[..Size].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Dimension);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], Width);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], ModelChecksum);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], TrainedRows);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[28..], CapturedShare);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], CodedRows);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], LaterRows);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[40..], LaterShare);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[44..], BlocksChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Checksum.Of(bytes[..ChecksumAt]));
    }

    /// <summary>Reads a header; null when the bytes are not a whole one of this version.</summary>
    public static CodeHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != FormatVersion
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != Checksum.Of(bytes[..ChecksumAt]))
        {
            return null;
        }

        return new CodeHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[28..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[36..]),
            BinaryPrimitives.ReadSingleLittleEndian(bytes[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]));
    }
}
