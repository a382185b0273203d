using System.Numerics;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// <c>vectors.NNN.f32</c>: rows one after another, nothing else. The file doubles as rows come, so that a small store stays small.
/// </summary>
internal sealed class VectorSegment(MappedFile file, int dimension, int capacity) : IDisposable
{
    private const int LeastRows = 64;

    private readonly long _rowBytes = (long)dimension * sizeof(float);

    /// <summary>Where the first row begins; zero before <see cref="Map"/>.</summary>
    public nint Address => file.Address;

    /// <summary>Rows that the file has room for.</summary>
    public long Rows => file.Length / _rowBytes;

    /// <summary>The file's name inside the store's folder.</summary>
    public static string FileName(int number) => $"vectors.{number:D3}.f32";

    /// <summary>Writes rows at a place inside the segment; they are on the disk when the call returns.</summary>
    public void Write(int firstRow, ReadOnlySpan<byte> rows)
    {
        long needed = firstRow + (rows.Length / _rowBytes);
        if (needed > Rows)
        {
            long grown = Math.Max(LeastRows, (long)BitOperations.RoundUpToPowerOf2((ulong)needed));
            file.Length = Math.Min(grown, capacity) * _rowBytes;
        }

        file.Write(rows, firstRow * _rowBytes);
        file.Flush();
    }

    /// <summary>Makes sure that the first <paramref name="rows"/> rows can be read at <see cref="Address"/>.</summary>
    /// <returns>False when the file is shorter than that.</returns>
    public bool Map(int rows) => file.Map(rows * _rowBytes);

    public void Dispose() => file.Dispose();
}
