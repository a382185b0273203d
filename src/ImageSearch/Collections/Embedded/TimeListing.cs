using System.Buffers;
using System.Numerics;

namespace ImageSearch.Collections.Embedded;

/// <summary>Lists points by time from one snapshot: the payloads of those that are listed are all that it reads.</summary>
internal static class TimeListing
{
    public static IReadOnlyList<ImagePoint> Run(RowSnapshot snapshot, ImageFilter filter, TimeOrder order, int limit)
    {
        var words = RowBits.WordsOf(snapshot.Live.State.Rows);
        var rented = ArrayPool<ulong>.Shared.Rent(words);
        try
        {
            var passing = rented.AsSpan(0, words);
            snapshot.ReadPassing(filter, passing);
            var keys = snapshot.Generation.Times.Of(snapshot.Live.State, snapshot.Session);
            return Array.ConvertAll(First(passing, keys, TakenOrder.Of(order), limit), snapshot.PointOf);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(rented);
        }
    }

    private static long[] First(ReadOnlySpan<ulong> passing, ReadOnlySpan<TakenKey> keys, TakenOrder order, int limit)
    {
        // The last of the first lies on top.
        var first = new PriorityQueue<long, TakenKey>(Comparer<TakenKey>.Create((x, y) => order.Compare(y, x)));
        for (var word = 0; word < passing.Length; word++)
        {
            for (var left = passing[word]; left != 0; left &= left - 1)
            {
                var row = (word * 64) + BitOperations.TrailingZeroCount(left);
                if (first.Count < limit)
                {
                    first.Enqueue(row, keys[row]);
                }
                else if (first.TryPeek(out _, out var last) && order.Compare(keys[row], last) < 0)
                {
                    _ = first.EnqueueDequeue(row, keys[row]);
                }
            }
        }

        var rows = new long[first.Count];
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            rows[i] = first.Dequeue();
        }

        return rows;
    }
}
