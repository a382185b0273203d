using ImageSearch.Collections.Vectors;

namespace ImageSearch.Collections.Embedded;

/// <summary>One set of vectors with what is known of its rows. A compaction makes a new one.</summary>
internal sealed class VectorGeneration(int number, VectorStore store) : IDisposable
{
    public int Number => number;

    public VectorStore Store => store;

    public FilterMasks Masks { get; } = new();

    public RowTimes Times { get; } = new();

    public WordPostings Words { get; } = new();

    public RecentPoints Points { get; } = new();

    /// <summary>The rows that are points, as last seen; the reader moves it on.</summary>
    public LiveRows Live { get; set; } = LiveRows.None(number);

    /// <summary>A row's vector.</summary>
    public float[] VectorOf(int row)
    {
        var vector = new float[store.Dimension];
        store.CopyVector(row, vector);
        return vector;
    }

    /// <summary>Closes the files once the searches under way have ended.</summary>
    public void Dispose() => store.Dispose();
}
