using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Collections.Vectors;

public sealed class QuantisedSearchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Codes_find_what_exact_search_finds_for_pictures_and_texts_under_any_mask()
    {
        var vectors = new ClusteredVectors(256, 5);
        using VectorStore store = Create(vectors, 256, 20_000);
        Assert.Equal(19_968, store.Status.CodedRows);

        foreach (float[] queries in new[] { vectors.PictureQueries(6, 60), vectors.TextQueries(7, 60) })
        {
            foreach (double share in new[] { 1, 0.5, 0.1, 0.01 })
            {
                Assert.InRange(Recall(store, queries, share == 1 ? [] : TestVectors.Mask(8, 20_000, share), 10), 0.995, 1);
            }
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(100)]
    [InlineData(320)]
    public void Any_dimension_can_be_coded(int dimension)
    {
        var vectors = new ClusteredVectors(dimension, 5);
        using VectorStore store = Create(vectors, dimension, 6_000);

        Assert.InRange(Recall(store, vectors.PictureQueries(6, 30), [], 10), 0.99, 1);
        Assert.InRange(Recall(store, vectors.TextQueries(7, 30), [], 10), 0.98, 1);
        Assert.True(store.Status.CodedRows > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(7000)]
    public void Any_number_of_hits_can_be_asked_for(int limit)
    {
        var vectors = new ClusteredVectors(128, 5);
        using VectorStore store = Create(vectors, 128, 6_000);

        Assert.InRange(Recall(store, vectors.TextQueries(7, 10), [], limit), 0.99, 1);
        Assert.InRange(Recall(store, vectors.TextQueries(7, 10), TestVectors.Mask(8, 6_000, 0.5), limit), 0.99, 1);
    }

    [Fact]
    public void Rows_that_have_no_codes_yet_are_found_too()
    {
        var vectors = new ClusteredVectors(128, 5);
        using VectorStore store = Create(vectors, 128, 6_000);
        float[] later = vectors.PictureQueries(9, 100);
        store.Append(later);

        for (int row = 0; row < 100; row++)
        {
            Assert.Equal(6_000 + row, Find(store, later.AsSpan(row * 128, 128), [], SearchPrecision.Quantised, 1)[0].Row);
        }
    }

    [Fact]
    public void Equal_rows_are_ordered_by_number()
    {
        var vectors = new ClusteredVectors(64, 5);
        float[] one = vectors.PictureQueries(9, 1);
        using VectorStore store = VectorStore.Open(_folder.Path, 64, VectorStoreAccess.Write);
        var rows = new float[6_000 * 64];
        vectors.Pictures(0, rows);
        for (int row = 50; row < 6_000; row += 200)
        {
            one.CopyTo(rows, row * 64);
        }

        store.Append(rows);
        store.Optimise(CancellationToken.None);

        Assert.Equal([50, 250, 450, 650, 850], Find(store, one, [], SearchPrecision.Quantised, 5).Select(hit => hit.Row));
    }

    [Fact]
    public void Rows_and_queries_of_zeros_do_no_harm()
    {
        using VectorStore store = VectorStore.Open(_folder.Path, 64, VectorStoreAccess.Write);
        store.Append(new float[5_056 * 64]);
        store.Optimise(CancellationToken.None);
        Assert.Equal(5_056, store.Status.CodedRows);

        VectorHit[] hits = Find(store, new float[64], [], SearchPrecision.Quantised, 3);

        Assert.Equal([new VectorHit(0, 0), new VectorHit(1, 0), new VectorHit(2, 0)], hits);
    }

    [SharedDataFact("vectors")]
    public void Real_vectors_of_pictures_are_found_by_real_texts_and_pictures()
    {
        NumpyFile pictures = NumpyFile.Read(SharedData.PathOf("vectors", "fashion.images.npy"));
        NumpyFile texts = NumpyFile.Read(SharedData.PathOf("vectors", "fashion.texts.npy"));
        int dimension = pictures.Columns;
        using VectorStore store = VectorStore.Open(_folder.Path, dimension, VectorStoreAccess.Write);
        var random = new Random(1);
        var rows = new float[6_016 * dimension];
        for (int row = 0; row < 6_016; row++)
        {
            // A real picture, moved a third of the way that leads from one other to another.
            (int one, int two, int three) = (random.Next(pictures.Rows), random.Next(pictures.Rows), random.Next(pictures.Rows));
            Span<float> vector = rows.AsSpan(row * dimension, dimension);
            for (int at = 0; at < dimension; at++)
            {
                vector[at] = pictures.Row(one)[at] + (0.35f * (pictures.Row(two)[at] - pictures.Row(three)[at]));
            }

            float length = (float)Math.Sqrt(TestVectors.Dot(vector, vector));
            foreach (ref float number in vector)
            {
                number /= length;
            }
        }

        store.Append(rows);
        store.Optimise(CancellationToken.None);

        Assert.InRange(Recall(store, pictures.Numbers[..(100 * dimension)], [], 10), 0.995, 1);
        Assert.InRange(Recall(store, texts.Numbers[..(100 * dimension)], [], 10), 0.995, 1);
        Assert.InRange(Recall(store, texts.Numbers[..(100 * dimension)], TestVectors.Mask(8, 6_016, 0.1), 10), 0.995, 1);
    }

    private VectorStore Create(ClusteredVectors vectors, int dimension, int count)
    {
        VectorStore store = VectorStore.Open(_folder.Path, dimension, VectorStoreAccess.Write);
        var rows = new float[count * dimension];
        vectors.Pictures(0, rows);
        store.Append(rows);
        store.Optimise(CancellationToken.None);
        return store;
    }

    private static VectorHit[] Find(VectorStore store, ReadOnlySpan<float> query, ulong[] mask, SearchPrecision precision, int limit)
    {
        var hits = new VectorHit[limit];
        return hits[..store.Search(query, mask, precision, hits)];
    }

    private static double Recall(VectorStore store, float[] queries, ulong[] mask, int limit)
    {
        int wanted = 0;
        int found = 0;
        for (int at = 0; at < queries.Length; at += store.Dimension)
        {
            ReadOnlySpan<float> query = queries.AsSpan(at, store.Dimension);
            VectorHit[] exact = Find(store, query, mask, SearchPrecision.Exact, limit);
            VectorHit[] quantised = Find(store, query, mask, SearchPrecision.Quantised, limit);
            Assert.Equal(exact.Length, quantised.Length);
            Assert.Equal(quantised.Order(), quantised);
            wanted += exact.Length;
            found += exact.Select(hit => hit.Row).Intersect(quantised.Select(hit => hit.Row)).Count();
        }

        return found / (double)wanted;
    }
}
