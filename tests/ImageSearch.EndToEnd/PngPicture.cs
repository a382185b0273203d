using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ImageSearch.EndToEnd;

/// <summary>Small pictures, written as PNG without any picture library.</summary>
internal static class PngPicture
{
    private const int Side = 48;

    /// <summary>Writes a square whose colour is given by position, x and y in 0…1.</summary>
    public static void Write(string path, Func<double, double, (byte Red, byte Green, byte Blue)> colour)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        header[8] = 8;
        header[9] = 2;
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Compress(colour));
        WriteChunk(file, "IEND", []);
    }

    /// <summary>Writes a square of one colour, with a brighter disc in its middle.</summary>
    public static void Write(string path, byte red, byte green, byte blue) => Write(
        path,
        (x, y) => ((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5)) < 0.05
            ? ((byte)Math.Min(255, red + 40), (byte)Math.Min(255, green + 40), (byte)Math.Min(255, blue + 40))
            : (red, green, blue));

    private static byte[] Compress(Func<double, double, (byte Red, byte Green, byte Blue)> colour)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            for (var y = 0; y < Side; y++)
            {
                zlib.WriteByte(0);
                for (var x = 0; x < Side; x++)
                {
                    var (red, green, blue) = colour((double)x / Side, (double)y / Side);
                    zlib.Write([red, green, blue]);
                }
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream file, string type, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc(chunk.AsSpan(4, 4 + content.Length)));
        file.Write(chunk);
    }

    /// <summary>CRC-32 as PNG defines it.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
