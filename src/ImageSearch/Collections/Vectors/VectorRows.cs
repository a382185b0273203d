using System.Numerics;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// The rows of a store at one moment, as seen by one search. Immutable; good while the store is open.
/// Pointers stay inside the maps: every row below <see cref="Count"/> was mapped before the object was made.
/// </summary>
internal sealed unsafe class VectorRows(nint[] segments, int segmentRows, int dimension, int count)
{
    private readonly int _shift = BitOperations.Log2((uint)segmentRows);
    private readonly int _mask = segmentRows - 1;

    /// <summary>Number of rows.</summary>
    public int Count => count;

    /// <summary>Numbers in a row.</summary>
    public int Dimension => dimension;

    /// <summary>Where a row, 0…<see cref="Count"/> − 1, begins.</summary>
    public float* Row(int row) => (float*)segments[row >> _shift] + ((nint)(row & _mask) * dimension);

    /// <summary>The longest run of rows that begins at <paramref name="firstRow"/>, lies in one piece and has at most <paramref name="most"/> rows.</summary>
    public ReadOnlySpan<float> Run(int firstRow, int most)
    {
        int rows = Math.Min(Math.Min(most, count - firstRow), segmentRows - (firstRow & _mask));
        // A run is a part of one segment, so its length in floats fits in an int.
        return new ReadOnlySpan<float>(Row(firstRow), rows * dimension);
    }
}
