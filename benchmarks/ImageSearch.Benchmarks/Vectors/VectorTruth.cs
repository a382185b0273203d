using System.Runtime.InteropServices;
using ImageSearch.Collections.Vectors;

namespace ImageSearch.Benchmarks.Vectors;

/// <summary>The exact nearest rows of many queries under several masks, found by multiplying all of them with all rows.</summary>
internal static class VectorTruth
{
    private const int Panel = 64;

    /// <summary>Rows by query set, mask and query.</summary>
    public static unsafe int[][][] Of(VectorStore store, float[] queries, IReadOnlyList<ulong[]> masks, int limit)
    {
        int dimension = store.Dimension;
        int count = queries.Length / dimension;
        VectorHit[][][] best = [.. masks.Select(_ => Enumerable.Range(0, count).Select(_ => Array.Empty<VectorHit>()).ToArray())];
        int threads = Environment.ProcessorCount;
        int share = ((store.Count / threads) + Panel - 1) / Panel * Panel;
        var gate = new Lock();
        Parallel.For(0, threads, thread =>
        {
            VectorHit[][][] mine = Part(store, queries, masks, limit, thread * share, thread == threads - 1 ? store.Count : Math.Min(store.Count, (thread + 1) * share));
            lock (gate)
            {
                for (int mask = 0; mask < masks.Count; mask++)
                {
                    for (int query = 0; query < count; query++)
                    {
                        best[mask][query] = [.. best[mask][query].Concat(mine[mask][query]).Order().Take(limit)];
                    }
                }
            }
        });
        return [.. best.Select(ofMask => ofMask.Select(hits => hits.Select(hit => hit.Row).ToArray()).ToArray())];
    }

    private static unsafe VectorHit[][][] Part(VectorStore store, float[] queries, IReadOnlyList<ulong[]> masks, int limit, int from, int until)
    {
        int dimension = store.Dimension;
        int count = queries.Length / dimension;
        var rows = new float[Panel * dimension];
        var scores = new float[Panel * count];
        VectorHit[][][] hits = [.. masks.Select(_ => Enumerable.Range(0, count).Select(_ => new VectorHit[limit]).ToArray())];
        int[][] found = [.. masks.Select(_ => new int[count])];
        for (int first = from; first < until; first += Panel)
        {
            int here = Math.Min(Panel, until - first);
            store.CopyVectors(first, rows.AsSpan(0, here * dimension));
            Array.Clear(scores);
            fixed (float* left = rows, right = queries, sums = scores)
            {
                MatrixProducts.Add(left, here, right, count, dimension, sums, count);
            }

            for (int mask = 0; mask < masks.Count; mask++)
            {
                for (ulong word = RowMask.Word(masks[mask], first / Panel, until); word != 0; word &= word - 1)
                {
                    int row = System.Numerics.BitOperations.TrailingZeroCount(word);
                    for (int query = 0; query < count; query++)
                    {
                        Insert(hits[mask][query], ref found[mask][query], new VectorHit(first + row, scores[(row * count) + query]));
                    }
                }
            }
        }

        return [.. hits.Select((ofMask, mask) => ofMask.Select((best, query) => best[..found[mask][query]]).ToArray())];
    }

    private static void Insert(VectorHit[] best, ref int count, VectorHit hit)
    {
        if (count == best.Length && hit.CompareTo(best[^1]) >= 0)
        {
            return;
        }

        int at = count < best.Length ? count++ : count - 1;
        for (; at > 0 && hit.CompareTo(best[at - 1]) < 0; at--)
        {
            best[at] = best[at - 1];
        }

        best[at] = hit;
    }

    /// <summary>Reads floats written raw.</summary>
    public static float[] ReadFloats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
}
