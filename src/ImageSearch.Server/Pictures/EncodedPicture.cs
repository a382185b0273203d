using System.Buffers.Binary;

namespace ImageSearch.Server.Pictures;

/// <summary>What encoded pictures say at their ends: of what kind they are, and whether they are whole.</summary>
internal static class EncodedPicture
{
    private const int HeadLength = 12;
    private const int PngEndLength = 12;

    /// <summary>The media type by the first bytes; null when they are none of a picture that browsers show.</summary>
    public static string? MediaTypeOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'B', (byte)'M', ..] => "image/bmp",
        _ => null,
    };

    /// <summary>The media type of an open file.</summary>
    public static string? MediaTypeOf(FileStream file)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        return MediaTypeOf(head[..RandomAccess.Read(file.SafeFileHandle, head, 0)]);
    }

    /// <summary>Whether an open file begins and ends as a picture does.</summary>
    public static bool IsWhole(FileStream file)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        Span<byte> tail = stackalloc byte[PngEndLength];
        var length = file.Length;
        if (length < HeadLength + PngEndLength)
        {
            return false;
        }

        _ = RandomAccess.Read(file.SafeFileHandle, head, 0);
        _ = RandomAccess.Read(file.SafeFileHandle, tail, length - PngEndLength);
        return MediaTypeOf(head) switch
        {
            "image/jpeg" => tail.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]),
            "image/png" => tail[4..].StartsWith("IEND"u8),
            "image/gif" => tail[^1] == (byte)';',
            "image/webp" => BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) + 8L == length,
            "image/bmp" => true,
            _ => false,
        };
    }
}
