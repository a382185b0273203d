using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageSearch.Collections.Vectors;
using ImageSearch.Testing;

namespace ImageSearch.Benchmarks.Vectors;

/// <summary>Where the rows and queries of one measurement come from.</summary>
/// <param name="Rows">Rows in the store.</param>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Fill">Writes rows first, first + 1, … into a span, shape [n, dimension].</param>
/// <param name="Queries">Query sets by name, shape [n, dimension] each.</param>
internal sealed record VectorSet(int Rows, int Dimension, Action<int, Memory<float>> Fill, IReadOnlyDictionary<string, float[]> Queries)
{
    private const int Seed = 1;
    private const int BatchRows = 4096;

    /// <summary>Clustered vectors; queries for tuning and for measuring come from seeds that no row has.</summary>
    public static VectorSet Clustered(int rows, int dimension, int queries)
    {
        var vectors = new ClusteredVectors(dimension, Seed);
        return new VectorSet(rows, dimension, (first, span) => vectors.Pictures(first, span.Span), new Dictionary<string, float[]>
        {
            ["tuning-pictures"] = vectors.PictureQueries(101, queries),
            ["tuning-texts"] = vectors.TextQueries(102, queries),
            ["pictures"] = vectors.PictureQueries(201, queries),
            ["texts"] = vectors.TextQueries(202, queries),
        });
    }

    /// <summary>
    /// A smoothed bootstrap of real CLIP vectors: a real picture plus a third of the difference of two others plus a little noise.
    /// Every second real picture is kept out and asked for; the texts are real.
    /// </summary>
    public static VectorSet Real(string folder, int rows)
    {
        NumpyFile[] pictures = [NumpyFile.Read(Path.Combine(folder, "fashion.images.npy")), NumpyFile.Read(Path.Combine(folder, "patents.images.npy"))];
        NumpyFile[] texts = [NumpyFile.Read(Path.Combine(folder, "fashion.texts.npy")), NumpyFile.Read(Path.Combine(folder, "patents.texts.npy"))];
        int dimension = pictures[0].Columns;
        float[][] all = [.. pictures.SelectMany(file => Enumerable.Range(0, file.Rows).Select(row => Unit(file.Row(row))))];
        float[][] kept = [.. all.Where((_, i) => i % 2 == 0)];
        float[][] asked = [.. all.Where((_, i) => i % 2 == 1)];
        float[][] words = [.. texts.SelectMany(file => Enumerable.Range(0, file.Rows).Select(row => Unit(file.Row(row))))];
        return new VectorSet(rows, dimension, Fill, new Dictionary<string, float[]>
        {
            ["tuning-pictures"] = [.. asked.Where((_, i) => i % 2 == 0).SelectMany(row => row)],
            ["tuning-texts"] = [.. words.Where((_, i) => i % 2 == 0).SelectMany(row => row)],
            ["pictures"] = [.. asked.Where((_, i) => i % 2 == 1).SelectMany(row => row)],
            ["texts"] = [.. words.Where((_, i) => i % 2 == 1).SelectMany(row => row)],
        });

        void Fill(int first, Memory<float> destination)
        {
            for (int i = 0; i < destination.Length / dimension; i++)
            {
                var random = new Random(unchecked((first + i) * 7919));
                (float[] one, float[] two, float[] three) = (kept[random.Next(kept.Length)], kept[random.Next(kept.Length)], kept[random.Next(kept.Length)]);
                Span<float> vector = destination.Span.Slice(i * dimension, dimension);
                double squares = 0;
                for (int at = 0; at < dimension; at++)
                {
                    double noise = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
                    vector[at] = one[at] + (0.35f * (two[at] - three[at])) + (0.008f * (float)noise);
                    squares += vector[at] * vector[at];
                }

                foreach (ref float number in vector)
                {
                    number /= (float)Math.Sqrt(squares);
                }
            }
        }
    }

    private static float[] Unit(ReadOnlySpan<float> row)
    {
        var unit = new float[row.Length];
        TensorPrimitives.Divide(row, TensorPrimitives.Norm(row), unit);
        return unit;
    }

    /// <summary>Writes rows and queries below a folder: the store, and each query set as raw float32.</summary>
    public void Write(string folder)
    {
        using VectorStore store = VectorStore.Open(Path.Combine(folder, "store"), Dimension, VectorStoreAccess.Write);
        int threads = Environment.ProcessorCount;
        var batch = new float[threads * BatchRows * Dimension];
        while (store.Count < Rows)
        {
            int first = store.Count;
            int count = Math.Min(threads * BatchRows, Rows - first);
            Parallel.For(0, threads, thread =>
            {
                int from = Math.Min(count, thread * BatchRows);
                int until = Math.Min(count, from + BatchRows);
                Fill(first + from, batch.AsMemory(from * Dimension, (until - from) * Dimension));
            });
            store.Append(batch.AsSpan(0, count * Dimension));
        }

        foreach ((string name, float[] numbers) in Queries)
        {
            File.WriteAllBytes(Path.Combine(folder, name + ".f32"), MemoryMarshal.AsBytes<float>(numbers).ToArray());
        }
    }
}
