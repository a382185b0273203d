using System.Buffers.Binary;

namespace ImageSearch.Testing;

/// <summary>The smallest pictures that differ from each other: bitmaps of 8 x 8 pixels, 24 bits, of random colours.</summary>
public static class TinyPicture
{
    private const int Side = 8;
    private const int HeaderLength = 54;

    /// <summary>A bitmap; the same number gives the same bytes.</summary>
    public static byte[] Bmp(int seed)
    {
        var bytes = new byte[HeaderLength + (Side * Side * 3)];
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), Side);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), Side);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(28), 24);
        new Random(seed).NextBytes(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    /// <summary>Writes a bitmap, and the folders on its way.</summary>
    public static void Write(string path, int seed)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Bmp(seed));
    }
}
