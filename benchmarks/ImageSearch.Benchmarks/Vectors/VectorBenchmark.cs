using System.Diagnostics;
using System.Globalization;
using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;

namespace ImageSearch.Benchmarks.Vectors;

/// <summary>Speed, recall and memory of the vector store.</summary>
internal static class VectorBenchmark
{
    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["clustered", string folder, string rows, string dimension]:
                VectorSet.Clustered(int.Parse(rows), int.Parse(dimension), 400).Write(folder);
                return 0;
            case ["real", string folder, string source, string rows]:
                VectorSet.Real(source, int.Parse(rows)).Write(folder);
                return 0;
            case ["optimise", string folder, string dimension]:
                Optimise(folder, int.Parse(dimension));
                return 0;
            case ["measure", string folder, string dimension, .. string[] sets]:
                Measure(folder, int.Parse(dimension), sets);
                return 0;
            default:
                return 2;
        }
    }

    private static void Optimise(string folder, int dimension)
    {
        using VectorStore store = VectorStore.Open(Path.Combine(folder, "store"), dimension, VectorStoreAccess.Write);
        long start = Stopwatch.GetTimestamp();
        store.Optimise(CancellationToken.None);
        Console.WriteLine($"optimise {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s {store.Status}");
    }

    private static void Measure(string folder, int dimension, string[] sets)
    {
        using VectorStore store = VectorStore.Open(Path.Combine(folder, "store"), dimension, VectorStoreAccess.Read);
        Console.WriteLine(store.Status);
        double[] shares = [1, 0.5, 0.1, 0.01];
        ulong[][] masks = [.. shares.Select(share => share == 1 ? [] : Mask(store.Count, share))];
        foreach (string set in sets)
        {
            float[] queries = VectorTruth.ReadFloats(Path.Combine(folder, set + ".f32"));
            queries = queries[..Math.Min(queries.Length, 400 * dimension)];
            int[][][] truth = VectorTruth.Of(store, queries, masks, 10);
            for (int mask = 0; mask < masks.Length; mask++)
            {
                Report(store, set, shares[mask], queries, masks[mask], truth[mask]);
            }
        }
    }

    private static void Report(VectorStore store, string set, double share, float[] queries, ulong[] mask, int[][] truth)
    {
        int dimension = store.Dimension;
        int count = queries.Length / dimension;
        var hits = new VectorHit[10];
        var wall = new double[count];
        var processor = new double[count];
        var rescored = new double[count];
        double recall = 0;
        for (int round = 0; round < 2; round++)
        {
            recall = 0;
            for (int query = 0; query < count; query++)
            {
                double before = ThreadClock.Now;
                long start = Stopwatch.GetTimestamp();
                int found = store.Search(queries.AsSpan(query * dimension, dimension), mask, SearchPrecision.Quantised, hits, out int scored);
                wall[query] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                processor[query] = ThreadClock.Now - before;
                rescored[query] = scored;
                recall += hits[..found].Count(hit => truth[query].Contains(hit.Row)) / (double)truth[query].Length;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set,-16} {share,5} recall {recall / count:F4} cpu p50 {At(processor, .5):F3} p99 {At(processor, .99):F3} min {processor.Min():F3} wall p50 {At(wall, .5):F3} rescored p50 {At(rescored, .5)} p99 {At(rescored, .99)}"));
    }

    private static double At(double[] values, double quantile) => values.Order().ElementAt((int)(quantile * (values.Length - 1)));

    private static ulong[] Mask(int rows, double share)
    {
        var random = new Random(7);
        var mask = new ulong[(rows + 63) / 64];
        for (int row = 0; row < rows; row++)
        {
            mask[row / 64] |= random.NextDouble() < share ? 1UL << (row % 64) : 0;
        }

        return mask;
    }
}
