using System.Buffers.Binary;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Reads the size of a JPEG or PNG, and tells formats apart: enough to hold a model's limits, and no code of the library under test.</summary>
internal static class ImageHeader
{
    /// <summary>Width and height in pixels, or null when the bytes are neither JPEG nor PNG.</summary>
    public static (int Width, int Height)? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 24 && bytes[0] == 0x89 && bytes[1..].StartsWith("PNG\r\n\x1a\n"u8))
        {
            return (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        }

        return bytes.StartsWith([(byte)0xFF, (byte)0xD8]) ? ReadJpeg(bytes) : null;
    }

    /// <summary>png, jpeg, gif or webp by the first bytes; null for anything else.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith([(byte)0x89, (byte)'P', (byte)'N', (byte)'G']) ? "png"
        : bytes.StartsWith([(byte)0xFF, (byte)0xD8]) ? "jpeg"
        : bytes.StartsWith("GIF8"u8) ? "gif"
        : bytes.StartsWith("RIFF"u8) && bytes.Length > 12 && bytes[8..].StartsWith("WEBP"u8) ? "webp"
        : null;

    private static (int Width, int Height)? ReadJpeg(ReadOnlySpan<byte> bytes)
    {
        var position = 2;
        while (position + 9 <= bytes.Length && bytes[position] == 0xFF)
        {
            var marker = bytes[position + 1];
            var isFrame = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (isFrame)
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 5)..]));
            }

            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 2)..]);
        }

        return null;
    }
}
