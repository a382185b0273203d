using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.Collections.Vectors;

/// <summary>
/// Search by codes: every row is scored approximately, the most promising ones exactly, and then every row that could still be
/// among the best when the approximation errs as it usually does for this query. One search at a time; the working space is kept.
/// </summary>
internal sealed unsafe class QuantisedSearch : IDisposable
{
    private const int LeastRescored = 64;

    // Rows whose approximate score lies this many standard deviations below the worst of the first hits are passed over, and so are
    // those that lie fewer below the worst of all: far down a list the rows lie close, and which of them is on it matters less. Chosen
    // on tuning queries: of ten 99.8 % are found, of a hundred 98.7 %.
    private const float Deviations = 3.5f;
    private const float DeviationsFarDown = 2.5f;
    private const int FirstHits = 10;
    private const int Batch = 64;

    // A row in memory is scored in well under a microsecond, one on disk takes from a hundred on.
    private static readonly TimeSpan RowInMemory = TimeSpan.FromMicroseconds(5);

    private bool _fetch = true;

    private float* _scores;
    private float* _highest;
    private float* _working;
    private sbyte* _levels;
    private int _room;

    /// <summary>Offers the coded rows that may belong to the nearest.</summary>
    /// <param name="stored">The rows themselves.</param>
    /// <param name="codes">Their codes.</param>
    /// <param name="query">Shape [dimension].</param>
    /// <param name="mask">The rows that may be found.</param>
    /// <param name="limit">Hits wanted.</param>
    /// <param name="nearest">What has been found.</param>
    /// <returns>The number of rows scored exactly.</returns>
    public int Offer(VectorRows stored, CodedRows codes, ReadOnlySpan<float> query, ReadOnlySpan<ulong> mask, int limit, ref NearestRows nearest)
    {
        int blocks = Math.Min(codes.Count, stored.Count) / CodeBlock.Rows;
        Reserve(blocks);
        fixed (float* exact = query)
        {
            CodedQuery coded = CodedQuery.Of(codes.Model, exact, _levels);
            BlockScan.Score(codes, blocks, coded, mask, _scores, _highest);
            float promising = Promising(blocks, Math.Max(LeastRescored, limit + (limit / 2)));
            int rescored = Rescore(stored, exact, blocks, promising, float.PositiveInfinity, 0, ref nearest);
            float error = codes.Model.ErrorOf(exact);
            return rescored + Rescore(stored, exact, blocks, Least(nearest, error), promising, error, ref nearest);
        }
    }

    public void Dispose() => Free();

    private void Free()
    {
        NativeMemory.AlignedFree(_scores);
        NativeMemory.AlignedFree(_highest);
        NativeMemory.AlignedFree(_working);
        NativeMemory.AlignedFree(_levels);
    }

    private void Reserve(int blocks)
    {
        if (blocks <= _room)
        {
            return;
        }

        Free();
        _room = blocks + (blocks / 8);
        _scores = Room<float>(_room * CodeBlock.Rows);
        _highest = Room<float>(_room);
        _working = Room<float>(_room * CodeBlock.Rows);
        _levels = Room<sbyte>(CodeModel.MostWidth);
    }

    private static T* Room<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AlignedAlloc((nuint)count * (nuint)sizeof(T), 64);

    // A score that about the wanted number of rows reach. The wanted-th highest of the blocks' best scores is reached by at least
    // as many rows, so only blocks that reach it need looking into.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Promising(int blocks, int wanted)
    {
        float least = float.MinValue;
        if (wanted < blocks)
        {
            new ReadOnlySpan<float>(_highest, blocks).CopyTo(new Span<float>(_working, blocks));
            least = Math.Max(least, Selection.Largest(new Span<float>(_working, blocks), wanted));
        }

        int count = 0;
        for (int block = 0; block < blocks; block++)
        {
            if (_highest[block] >= least)
            {
                float* scores = _scores + ((nint)block * CodeBlock.Rows);
                for (int row = 0; row < CodeBlock.Rows; row++)
                {
                    _working[count] = scores[row];
                    count += scores[row] >= least ? 1 : 0;
                }
            }
        }

        return count <= wanted ? least : Selection.Largest(new Span<float>(_working, count), wanted);
    }

    // A row with a lower approximate score is passed over.
    private static float Least(in NearestRows nearest, float error) =>
        Math.Min(nearest.ScoreAt(FirstHits) - (Deviations * error), nearest.Floor - (DeviationsFarDown * error));

    // Scores exactly the rows whose approximate score is in [least, below), with a least that rises as the hits do where the codes err.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Rescore(VectorRows stored, float* query, int blocks, float least, float below, float error, ref NearestRows nearest)
    {
        Span<int> rows = stackalloc int[Batch];
        Span<float> exact = stackalloc float[Batch];
        int waiting = 0;
        int rescored = 0;
        least = Math.Max(least, float.MinValue);
        for (int block = 0; block < blocks; block++)
        {
            if (_highest[block] < least)
            {
                continue;
            }

            for (int row = block * CodeBlock.Rows; row < (block + 1) * CodeBlock.Rows; row += 8)
            {
                Vector256<float> scores = Vector256.Load(_scores + row);
                Vector256<float> wanted = Vector256.GreaterThanOrEqual(scores, Vector256.Create(least)) & Vector256.LessThan(scores, Vector256.Create(below));
                for (uint bits = wanted.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                {
                    rows[waiting++] = row + BitOperations.TrailingZeroCount(bits);
                    if (waiting == Batch)
                    {
                        rescored += Batch;
                        waiting = 0;
                        ScoreExactly(stored, query, rows, exact, ref nearest);
                        least = error > 0 ? Math.Max(least, Least(nearest, error)) : least;
                    }
                }
            }
        }

        ScoreExactly(stored, query, rows[..waiting], exact, ref nearest);
        return rescored + waiting;
    }

    // Rows lie all over the files. While some must come from the disk, as in a process that has just begun, asking for all of a batch
    // before reading any makes the disk work on them together; once they are in memory the asking costs more than the reading.
    private void ScoreExactly(VectorRows stored, float* query, scoped ReadOnlySpan<int> rows, scoped Span<float> exact, ref NearestRows nearest)
    {
        long start = Stopwatch.GetTimestamp();
        if (_fetch)
        {
            foreach (int row in rows)
            {
                MemoryAdvice.Fetch((nint)stored.Row(row), stored.Dimension * sizeof(float));
            }
        }

        ExactSearch.Offer(stored, query, rows, exact, ref nearest);
        _fetch = Stopwatch.GetElapsedTime(start) > RowInMemory * rows.Length;
    }
}
