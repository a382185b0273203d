using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Collections.Vectors;

public sealed class VectorStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 7)]
    [InlineData(64, 64)]
    [InlineData(65, 100)]
    [InlineData(300, 13)]
    [InlineData(700, 130)]
    public void Exact_search_finds_what_a_plain_loop_finds(int count, int dimension)
    {
        float[] rows = TestVectors.Random(1, count, dimension);
        float[] query = TestVectors.Random(2, 1, dimension);
        using VectorStore store = Create(dimension, rows);

        foreach (ulong[] mask in new ulong[][] { [], TestVectors.Mask(3, count, 0.5), TestVectors.Mask(4, count, 0.05), [0], [~0UL] })
        {
            foreach (int limit in new[] { 0, 1, 10, 64, 1000 })
            {
                Assert.Equal(TestVectors.Nearest(query, rows, mask, limit), Rows(store, query, mask, SearchPrecision.Exact, limit));
            }
        }
    }

    [Fact]
    public void Hits_carry_the_dot_product()
    {
        float[] rows = TestVectors.Random(1, 50, 33);
        float[] query = TestVectors.Random(2, 1, 33);
        using VectorStore store = Create(33, rows);
        var hits = new VectorHit[50];

        Assert.Equal(50, store.Search(query, [], SearchPrecision.Exact, hits));

        Assert.All(hits, hit => Assert.Equal(TestVectors.Dot(query, rows.AsSpan(hit.Row * 33, 33)), hit.Score, 1e-5));
    }

    [Fact]
    public void Equal_scores_are_ordered_by_row()
    {
        float[] one = TestVectors.Random(1, 1, 32);
        using VectorStore store = Create(32, [.. Enumerable.Repeat(one, 100).SelectMany(row => row)]);

        Assert.Equal(Enumerable.Range(0, 10), Rows(store, one, [], SearchPrecision.Exact, 10));
    }

    [Fact]
    public void Rows_are_numbered_in_the_order_of_appending_across_segments_and_openings()
    {
        float[] rows = TestVectors.Random(1, 1000, 16);
        using (VectorStore store = Open(16, VectorStoreAccess.Write, segmentRows: 128))
        {
            Assert.Equal(0, store.Append(rows.AsSpan(0, 100 * 16)));
            Assert.Equal(100, store.Append(rows.AsSpan(100 * 16, 500 * 16)));
        }

        using (VectorStore store = Open(16, VectorStoreAccess.Write))
        {
            Assert.Equal(600, store.Count);
            Assert.Equal(600, store.Append([]));
            Assert.Equal(600, store.Append(rows.AsSpan(600 * 16)));
        }

        using VectorStore reader = Open(16, VectorStoreAccess.Read);
        var copy = new float[rows.Length];
        reader.CopyVectors(0, copy);
        Assert.Equal(rows, copy);
        var row = new float[16];
        reader.CopyVector(777, row);
        Assert.Equal(rows[(777 * 16)..(778 * 16)], row);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.CopyVector(1000, row));
    }

    [Fact]
    public void A_small_store_is_small_on_disk()
    {
        using VectorStore store = Create(1024, TestVectors.Random(1, 24, 1024));

        Assert.InRange(new DirectoryInfo(_folder.Path).EnumerateFiles().Sum(file => file.Length), 24 * 4096, 512 * 1024);
    }

    [Fact]
    public void A_reader_sees_new_rows_after_refreshing()
    {
        float[] rows = TestVectors.Random(1, 300, 16);
        using VectorStore writer = Create(16, rows[..(16 * 100)]);
        using VectorStore reader = Open(16, VectorStoreAccess.Read);
        Assert.False(reader.Refresh());

        writer.Append(rows.AsSpan(16 * 100));

        Assert.Equal(100, reader.Count);
        Assert.True(reader.Refresh());
        Assert.Equal(300, reader.Count);
        Assert.Equal([250], Rows(reader, rows[(16 * 250)..(16 * 251)], [], SearchPrecision.Exact, 1));
    }

    [Fact]
    public void Only_one_opens_a_store_for_writing()
    {
        using (VectorStore store = Create(8, []))
        {
            var busy = Assert.Throws<CollectionException>(() => Open(8, VectorStoreAccess.Write));
            Assert.Equal(CollectionFault.Busy, busy.Fault);
        }

        Open(8, VectorStoreAccess.Write).Dispose();
    }

    [Fact]
    public void Reading_what_is_not_there_is_told()
    {
        var missing = Assert.Throws<CollectionException>(() => Open(8, VectorStoreAccess.Read));

        Assert.Equal(CollectionFault.NotFound, missing.Fault);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Another_dimension_is_refused()
    {
        Create(8, []).Dispose();

        var refused = Assert.Throws<CollectionException>(() => Open(16, VectorStoreAccess.Write));

        Assert.Equal(CollectionFault.FingerprintMismatch, refused.Fault);
    }

    [Fact]
    public void A_disposed_store_refuses_every_call()
    {
        VectorStore store = Create(8, TestVectors.Random(1, 3, 8));
        store.Dispose();
        store.Dispose();

        Assert.Throws<ObjectDisposedException>(() => store.Append(new float[8]));
        Assert.Throws<ObjectDisposedException>(() => store.Refresh());
        Assert.Throws<ObjectDisposedException>(() => store.CopyVector(0, new float[8]));
        Assert.Throws<ObjectDisposedException>(() => store.Search(new float[8], [], SearchPrecision.Exact, new VectorHit[1]));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        using VectorStore store = Create(8, TestVectors.Random(1, 3, 8));

        Assert.Throws<ArgumentException>(() => store.Append(new float[9]));
        Assert.Throws<ArgumentException>(() => store.Search(new float[9], [], SearchPrecision.Exact, new VectorHit[1]));
    }

    private VectorStore Open(int dimension, VectorStoreAccess access, int? segmentRows = null) =>
        VectorStore.Open(_folder.Path, dimension, access, segmentRows);

    private VectorStore Create(int dimension, float[] rows)
    {
        VectorStore store = Open(dimension, VectorStoreAccess.Write);
        store.Append(rows);
        return store;
    }

    private static int[] Rows(VectorStore store, float[] query, ulong[] mask, SearchPrecision precision, int limit)
    {
        var hits = new VectorHit[limit];
        int found = store.Search(query, mask, precision, hits);
        return [.. hits.Take(found).Select(hit => hit.Row)];
    }
}
