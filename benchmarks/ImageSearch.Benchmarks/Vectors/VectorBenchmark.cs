using System.Diagnostics;
using System.Globalization;
using ImageSearch.Collections;
using ImageSearch.Collections.Vectors;

namespace ImageSearch.Benchmarks.Vectors;

/// <summary>Steps of the measurement that <c>benchmarks/peers/vectors/run.sh</c> puts together; each prints lines of JSON.</summary>
internal static class VectorBenchmark
{
    private const int Queries = 400;
    private const int Hits = 10;

    private static readonly double[] Shares = [1, 0.5, 0.1, 0.01];

    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["clustered", string folder, string rows, string dimension]:
                VectorSet.Clustered(Number(rows), Number(dimension), Queries).Write(folder);
                return 0;
            case ["real", string folder, string source, string rows]:
                VectorSet.Real(source, Number(rows)).Write(folder);
                return 0;
            case ["optimise", string folder, string dimension]:
                Optimise(folder, Number(dimension));
                return 0;
            case ["truth", string folder, string dimension, .. string[] sets]:
                WriteTruth(folder, Number(dimension), sets);
                return 0;
            case ["search", string folder, string dimension, .. string[] sets]:
                Search(folder, Number(dimension), sets);
                return 0;
            case ["threads", string folder, string dimension]:
                VectorThroughput.Measure(folder, Number(dimension));
                return 0;
            case ["append", string folder, string dimension]:
                VectorAppends.Measure(folder, Number(dimension));
                return 0;
            case ["cold", string folder, string dimension, string set]:
                Cold(folder, Number(dimension), set);
                return 0;
            default:
                Console.Error.WriteLine("usage: vectors clustered|real|optimise|truth|search|threads|append|cold FOLDER DIMENSION …; see benchmarks/peers/vectors/run.sh");
                return 2;
        }
    }

    /// <summary>Opens the store of a benchmark's folder.</summary>
    public static VectorStore Open(string folder, int dimension, VectorStoreAccess access) =>
        VectorStore.Open(Path.Combine(folder, "store"), dimension, access);

    /// <summary>Prints one line of results.</summary>
    public static void Print(FormattableString json) => Console.WriteLine("{" + FormattableString.Invariant(json) + "}");

    private static void Optimise(string folder, int dimension)
    {
        using VectorStore store = Open(folder, dimension, VectorStoreAccess.Write);
        double processor = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        long start = Stopwatch.GetTimestamp();
        store.Optimise(CancellationToken.None);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        processor = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds - processor;
        VectorStoreStatus status = store.Status;
        Print($"\"seconds\":{seconds:F2},\"cpu\":{processor:F2},\"rows\":{status.Rows},\"width\":{status.CodeWidth},\"code_bytes\":{status.CodeBytes},\"model_bytes\":{status.ModelBytes}");
    }

    private static void WriteTruth(string folder, int dimension, string[] sets)
    {
        using VectorStore store = Open(folder, dimension, VectorStoreAccess.Read);
        ulong[][] masks = [.. Shares.Select(share => Mask(store.Count, share))];
        foreach (string set in sets)
        {
            int[][][] truth = VectorTruth.Of(store, VectorTruth.ReadFloats(Path.Combine(folder, set + ".f32")), masks, Hits);
            for (int mask = 0; mask < masks.Length; mask++)
            {
                File.WriteAllLines(TruthPath(folder, set, Shares[mask]), truth[mask].Select(rows => string.Join(' ', rows)));
            }
        }
    }

    private static void Search(string folder, int dimension, string[] sets)
    {
        using VectorStore store = Open(folder, dimension, VectorStoreAccess.Read);
        Warm(store, VectorTruth.ReadFloats(Path.Combine(folder, "tuning-pictures.f32")));
        ulong[][] masks = [.. Shares.Select(share => Mask(store.Count, share))];
        foreach (string set in sets)
        {
            float[] queries = VectorTruth.ReadFloats(Path.Combine(folder, set + ".f32"));
            int[][][] truth = [.. Shares.Select(share => File.ReadLines(TruthPath(folder, set, share)).Select(line => line.Split(' ').Select(int.Parse).ToArray()).ToArray())];
            Measured[] runs = Run(store, queries, masks, truth);
            for (int mask = 0; mask < masks.Length; mask++)
            {
                Measured run = runs[mask];
                Print($"\"set\":\"{set}\",\"share\":{Shares[mask]},\"recall\":{run.Recall.Average():F4},\"p50\":{At(run.Wall, .5):F3},\"p99\":{At(run.Wall, .99):F3},\"cpu_p50\":{At(run.Processor, .5):F3},\"min\":{run.Processor.Min():F3},\"rescored_p50\":{At(run.Rescored, .5)},\"rescored_p99\":{At(run.Rescored, .99)}");
            }
        }
    }

    private static void Warm(VectorStore store, float[] queries)
    {
        var hits = new VectorHit[Hits];
        for (int at = 0; at < queries.Length; at += store.Dimension)
        {
            store.Search(queries.AsSpan(at, store.Dimension), [], SearchPrecision.Quantised, hits);
        }
    }

    // Each query is asked with every filter before the next one is, so that a change of the machine meets all filters alike.
    private static Measured[] Run(VectorStore store, float[] queries, ulong[][] masks, int[][][] truth)
    {
        int count = queries.Length / store.Dimension;
        Measured[] runs = [.. masks.Select(_ => new Measured(new double[count], new double[count], new double[count], new double[count]))];
        var hits = new VectorHit[Hits];
        for (int query = 0; query < count; query++)
        {
            for (int mask = 0; mask < masks.Length; mask++)
            {
                double processor = ThreadClock.Now;
                long start = Stopwatch.GetTimestamp();
                int found = store.Search(queries.AsSpan(query * store.Dimension, store.Dimension), masks[mask], SearchPrecision.Quantised, hits, out int rescored);
                runs[mask].Wall[query] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                runs[mask].Processor[query] = ThreadClock.Now - processor;
                runs[mask].Rescored[query] = rescored;
                runs[mask].Recall[query] = hits[..found].Count(hit => truth[mask][query].Contains(hit.Row)) / (double)truth[mask][query].Length;
            }
        }

        return runs;
    }

    private static void Cold(string folder, int dimension, string set)
    {
        float[] query = VectorTruth.ReadFloats(Path.Combine(folder, set + ".f32"))[..dimension];
        var hits = new VectorHit[Hits];
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        using VectorStore store = Open(folder, dimension, VectorStoreAccess.Read);
        double opened = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        store.Search(query, [], SearchPrecision.Quantised, hits, out int rescored);
        double answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double processor = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        store.Search(query, [], SearchPrecision.Quantised, hits);
        double again = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Print($"\"set\":\"{set}\",\"opened\":{opened:F1},\"answered\":{answered:F1},\"cpu\":{processor:F1},\"again\":{again:F1},\"rescored\":{rescored}");
    }

    private static string TruthPath(string folder, string set, double share) =>
        Path.Combine(folder, FormattableString.Invariant($"{set}.{share}.truth"));

    private static double At(double[] values, double quantile) => values.Order().ElementAt((int)(quantile * (values.Length - 1)));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ulong[] Mask(int rows, double share)
    {
        if (share == 1)
        {
            return [];
        }

        var random = new Random(7);
        var mask = new ulong[(rows + 63) / 64];
        for (int row = 0; row < rows; row++)
        {
            mask[row / 64] |= random.NextDouble() < share ? 1UL << (row % 64) : 0;
        }

        return mask;
    }

    private sealed record Measured(double[] Wall, double[] Processor, double[] Rescored, double[] Recall);
}
