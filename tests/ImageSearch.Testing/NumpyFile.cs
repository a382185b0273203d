using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ImageSearch.Testing;

/// <summary>A two-dimensional array of float32 from an .npy file of version 1, C order, little-endian.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Numbers in a row.</param>
/// <param name="Numbers">Shape [Rows, Columns].</param>
/// <seealso href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The format</seealso>
public sealed partial record NumpyFile(int Rows, int Columns, float[] Numbers)
{
    private const int HeaderAt = 10;

    /// <summary>Reads a file.</summary>
    public static NumpyFile Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int headerLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Match header = Header().Match(Encoding.ASCII.GetString(bytes, HeaderAt, headerLength));
        if (!header.Success)
        {
            throw new InvalidDataException($"'{path}' is no two-dimensional float32 array.");
        }

        int rows = int.Parse(header.Groups[1].Value, CultureInfo.InvariantCulture);
        int columns = int.Parse(header.Groups[2].Value, CultureInfo.InvariantCulture);
        float[] numbers = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(HeaderAt + headerLength))[..(rows * columns)].ToArray();
        return new NumpyFile(rows, columns, numbers);
    }

    /// <summary>One row, shape [Columns].</summary>
    public ReadOnlySpan<float> Row(int row) => Numbers.AsSpan(row * Columns, Columns);

    [GeneratedRegex(@"'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\)")]
    private static partial Regex Header();
}
