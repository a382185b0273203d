using System.Diagnostics;
using ImageSearch.Collections.Vectors;
using ImageSearch.Testing;

namespace ImageSearch.Benchmarks.Vectors;

/// <summary>Durable appends: rows on the disk, then their record, before each call returns.</summary>
internal static class VectorAppends
{
    private const int Rows = 65_536;

    public static void Measure(string folder, int dimension)
    {
        var rows = new float[1024 * dimension];
        new ClusteredVectors(dimension, 1).Pictures(0, rows);
        foreach (int batch in new[] { 1, 64, 1024 })
        {
            string store = Path.Combine(folder, "appends");
            Run(store, dimension, rows, batch, batch == 1 ? 4096 : Rows);
        }
    }

    private static void Run(string folder, int dimension, float[] rows, int batch, int total)
    {
        using (VectorStore store = VectorStore.Open(folder, dimension, VectorStoreAccess.Write))
        {
            var milliseconds = new double[total / batch];
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < milliseconds.Length; call++)
            {
                long before = Stopwatch.GetTimestamp();
                store.Append(rows.AsSpan(call * batch % 1024 * dimension, batch * dimension));
                milliseconds[call] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            }

            double rate = total / Stopwatch.GetElapsedTime(start).TotalSeconds;
            Array.Sort(milliseconds);
            VectorBenchmark.Print($"\"batch\":{batch},\"rows_per_second\":{rate:F0},\"call_p50\":{milliseconds[milliseconds.Length / 2]:F3},\"call_p99\":{milliseconds[milliseconds.Length * 99 / 100]:F3}");
        }

        Directory.Delete(folder, recursive: true);
    }
}
