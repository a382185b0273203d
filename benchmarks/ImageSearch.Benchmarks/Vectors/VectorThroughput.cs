using System.Diagnostics;
using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;

namespace ImageSearch.Benchmarks.Vectors;

/// <summary>Queries a second that one and two threads answer; one, two, one, so that a change of the machine shows.</summary>
internal static class VectorThroughput
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public static void Measure(string folder, int dimension)
    {
        using VectorStore store = VectorBenchmark.Open(folder, dimension, VectorStoreAccess.Read);
        float[] queries = [.. VectorTruth.ReadFloats(Path.Combine(folder, "pictures.f32")), .. VectorTruth.ReadFloats(Path.Combine(folder, "texts.f32"))];
        Rate(store, queries, 2);
        double before = Rate(store, queries, 1);
        double two = Rate(store, queries, 2);
        double after = Rate(store, queries, 1);
        VectorBenchmark.Print($"\"one\":{(before + after) / 2:F0},\"two\":{two:F0},\"ratio\":{2 * two / (before + after):F2}");
    }

    private static double Rate(VectorStore store, float[] queries, int threads)
    {
        int dimension = store.Dimension;
        int count = queries.Length / dimension;
        long answered = 0;
        long start = Stopwatch.GetTimestamp();
        Thread[] running = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            var hits = new VectorHit[10];
            long mine = 0;
            for (int query = thread * count / threads; Stopwatch.GetElapsedTime(start) < Duration; query = (query + 1) % count, mine++)
            {
                store.Search(queries.AsSpan(query * dimension, dimension), [], SearchPrecision.Quantised, hits);
            }

            Interlocked.Add(ref answered, mine);
        }))];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        return answered / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
