using System.Buffers.Binary;
using ImageSearch.Imaging.Headers;

namespace ImageSearch.Imaging.Metadata;

/// <summary>A WebP of the chunks that pixels, colours and animation need and nothing else (RFC 9649).</summary>
internal static class BareWebp
{
    private const int FileHeader = 12;
    private const int ChunkHeader = 8;
    private const int ExtendedLength = 10;
    private const int FrameHeader = 16;
    private const byte ExifFlag = 0x08;
    private const byte XmpFlag = 0x04;

    /// <summary>The bare picture; null when the chunks do not lead to the end.</summary>
    internal static ReadOnlyMemory<byte>? Of(ReadOnlySpan<byte> bytes, int orientation)
    {
        var end = Math.Min(bytes.Length, ChunkHeader + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        using var bare = new MemoryStream(bytes.Length);
        bare.Write(bytes[..FileHeader]);
        if (end < FileHeader || !KeepChunks(bare, bytes[FileHeader..(int)end]))
        {
            return null;
        }

        var isExtended = bytes[FileHeader..].StartsWith("VP8X"u8) && bare.Length >= FileHeader + ChunkHeader + ExtendedLength;
        if (isExtended && orientation != ExifOrientation.Upright)
        {
            WriteChunk(bare, "EXIF"u8, ExifOrientation.Block(orientation));
        }

        var written = bare.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(written.AsSpan(4), written.Length - ChunkHeader);
        if (isExtended)
        {
            ref var flags = ref written[FileHeader + ChunkHeader];
            flags = (byte)((flags & ~(XmpFlag | ExifFlag)) | (orientation != ExifOrientation.Upright ? ExifFlag : 0));
        }

        return written;
    }

    private static bool KeepChunks(MemoryStream bare, ReadOnlySpan<byte> chunks)
    {
        while (chunks.Length >= ChunkHeader)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunks[4..]);
            if (ChunkHeader + length > chunks.Length)
            {
                return false;
            }

            var type = chunks[..4];
            var content = chunks.Slice(ChunkHeader, (int)length);
            if (type.SequenceEqual("ANMF"u8) && length >= FrameHeader)
            {
                using var frame = new MemoryStream(content.Length);
                frame.Write(content[..FrameHeader]);
                if (!KeepChunks(frame, content[FrameHeader..]))
                {
                    return false;
                }

                WriteChunk(bare, type, frame.ToArray());
            }
            else if (IsKept(type))
            {
                WriteChunk(bare, type, content);
            }

            chunks = chunks[(int)Math.Min(chunks.Length, ChunkHeader + length + (length & 1))..];
        }

        return true;
    }

    private static bool IsKept(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8) || type.SequenceEqual("VP8X"u8)
        || type.SequenceEqual("ALPH"u8) || type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ICCP"u8);

    private static void WriteChunk(MemoryStream bare, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        bare.Write(type);
        bare.Write(length);
        bare.Write(content);
        if (content.Length % 2 == 1)
        {
            bare.WriteByte(0);
        }
    }
}
