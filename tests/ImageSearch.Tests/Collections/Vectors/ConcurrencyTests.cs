using System.Collections.Concurrent;
using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Collections.Vectors;

public sealed class ConcurrencyTests : IDisposable
{
    private const int Dimension = 64;
    private const int Rows = 12_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Searches_beside_appends_and_optimisation_find_every_row_acknowledged_before_them()
    {
        var vectors = new ClusteredVectors(Dimension, 5);
        var rows = new float[Rows * Dimension];
        vectors.Pictures(0, rows);
        using VectorStore writer = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Write, segmentRows: 1024);
        using VectorStore reader = VectorStore.Open(_folder.Path, Dimension, VectorStoreAccess.Read);
        using var done = new CancellationTokenSource();

        Task[] searches =
        [
            Task.Run(() => SearchUntil(writer, rows, done.Token)),
            Task.Run(() => SearchUntil(reader, rows, done.Token)),
        ];
        for (int row = 0; row < Rows; row += 100)
        {
            writer.Append(rows.AsSpan(row * Dimension, 100 * Dimension));
            if (writer.NeedsOptimising)
            {
                writer.Optimise(CancellationToken.None);
            }
        }

        await done.CancelAsync();
        await Task.WhenAll(searches);
        reader.Refresh();
        Assert.Equal(writer.Status, reader.Status);
    }

    [Fact]
    public async Task Searches_under_way_end_before_the_files_are_closed()
    {
        var vectors = new ClusteredVectors(Dimension, 5);
        var rows = new float[Rows * Dimension];
        vectors.Pictures(0, rows);
        for (int round = 0; round < 10; round++)
        {
            using var folder = new TempFolder();
            VectorStore store = VectorStore.Open(folder.Path, Dimension, VectorStoreAccess.Write);
            store.Append(rows);
            var finished = new ConcurrentBag<int>();
            using var started = new CountdownEvent(2);
            Task[] searches = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                var hits = new VectorHit[10];
                started.Signal();
                while (true)
                {
                    finished.Add(store.Search(rows.AsSpan(0, Dimension), [], SearchPrecision.Exact, hits));
                }
            }))];
            started.Wait();

            store.Dispose();

            foreach (Task search in searches)
            {
                await Assert.ThrowsAsync<ObjectDisposedException>(() => search);
            }

            Assert.All(finished, count => Assert.Equal(10, count));
        }
    }

    private static void SearchUntil(VectorStore store, float[] rows, CancellationToken done)
    {
        var random = new Random(1);
        var hits = new VectorHit[1];
        while (!done.IsCancellationRequested)
        {
            store.Refresh();
            int count = store.Count;
            if (count > 0)
            {
                int row = random.Next(count);
                Assert.Equal(1, store.Search(rows.AsSpan(row * Dimension, Dimension), [], SearchPrecision.Quantised, hits));
                Assert.Equal(row, hits[0].Row);
            }
        }
    }
}
