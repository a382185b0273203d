using System.Diagnostics;
using System.Runtime.InteropServices;
using ImageSearch.Collections.Vectors;
using ImageSearch.Testing;
using Microsoft.Win32.SafeHandles;

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

    // Each append is followed by the same bytes in plain files, with one wait for the disk and with two, so that a change of the machine meets all alike.
    private static void Run(string folder, int dimension, float[] rows, int batch, int total)
    {
        using (VectorStore store = VectorStore.Open(folder, dimension, VectorStoreAccess.Write))
        using (SafeFileHandle once = Plain(folder, "once"))
        using (SafeFileHandle twice = Plain(folder, "twice"))
        using (SafeFileHandle record = Plain(folder, "record"))
        {
            var appends = new double[total / batch];
            var oneWait = new double[appends.Length];
            var twoWaits = new double[appends.Length];
            for (int call = 0; call < appends.Length; call++)
            {
                ReadOnlyMemory<float> some = rows.AsMemory(call * batch % 1024 * dimension, batch * dimension);
                long at = (long)call * batch * dimension * sizeof(float);
                appends[call] = Milliseconds(() => store.Append(some.Span));
                oneWait[call] = Milliseconds(() => Write(once, some.Span, at));
                twoWaits[call] = Milliseconds(() =>
                {
                    Write(twice, some.Span, at);
                    Write(record, some.Span[..8], call * 32L);
                });
            }

            VectorBenchmark.Print($"\"batch\":{batch},\"rows_per_second\":{total / appends.Sum() * 1000:F0},\"call_p50\":{At(appends, .5):F3},\"call_p99\":{At(appends, .99):F3},\"one_wait_rows_per_second\":{total / oneWait.Sum() * 1000:F0},\"one_wait_p50\":{At(oneWait, .5):F3},\"two_waits_rows_per_second\":{total / twoWaits.Sum() * 1000:F0},\"two_waits_p50\":{At(twoWaits, .5):F3}");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static SafeFileHandle Plain(string folder, string name) =>
        File.OpenHandle(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write);

    private static void Write(SafeFileHandle file, ReadOnlySpan<float> numbers, long at)
    {
        RandomAccess.Write(file, MemoryMarshal.AsBytes(numbers), at);
        RandomAccess.FlushToDisk(file);
    }

    private static double Milliseconds(Action action)
    {
        long before = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
    }

    private static double At(double[] values, double quantile) => values.Order().ElementAt((int)(quantile * (values.Length - 1)));
}
