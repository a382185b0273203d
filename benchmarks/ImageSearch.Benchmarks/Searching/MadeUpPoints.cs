using System.Globalization;
using System.Numerics.Tensors;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Embedding.Offline;

namespace ImageSearch.Benchmarks.Searching;

/// <summary>Points as a library of photographs gives them, without the photographs.</summary>
internal static class MadeUpPoints
{
    private const int Clusters = 100;

    // As many different words as a library of photographs with folders and keywords has; their frequencies fall off as in language.
    private const int Vocabulary = 5_000;
    private const int WordsOfPicture = 12;

    /// <summary>Adds points with looks in clusters, and words; the offline model's way of mixing the two makes their vectors.</summary>
    public static async Task AddAsync(IImageCollection collection, int count)
    {
        var random = new Random(1);
        var centres = Enumerable.Range(0, Clusters).Select(_ => Gaussian(random)).ToArray();
        foreach (var batch in Enumerable.Range(0, count).Chunk(1_000))
        {
            await collection.UpsertAsync([.. batch.Select(number => Point(number, centres[random.Next(Clusters)], random))], default);
        }
    }

    private static ImagePoint Point(int number, float[] centre, Random random)
    {
        var looks = Gaussian(random);
        TensorPrimitives.Add(looks, centre, looks);
        TensorPrimitives.Divide(looks, TensorPrimitives.Norm<float>(looks), looks);
        var words = string.Join(' ', Enumerable.Range(0, WordsOfPicture).Select(_ => Word(random)));
        var path = $"{number % 50}/{number}.jpg";
        return new ImagePoint(PointId.Of("bench", path), OfflineVector.WithWords(looks, words), new ImagePayload
        {
            Library = "bench",
            Path = path,
            Sha256 = number.ToString("x64", CultureInfo.InvariantCulture),
            Bytes = 1_000_000,
            Modified = DateTimeOffset.UnixEpoch,
            Width = 4000,
            Height = 3000,
            Format = number % 4 == 0 ? "png" : "jpeg",
            TakenAt = new DateTime(2015, 1, 1).AddMinutes(random.Next(5_000_000)),
            Words = words,
            Model = OfflineEmbeddingGenerator.ModelId,
            IndexedAt = DateTimeOffset.UnixEpoch,
        });
    }

    /// <summary>A word, a frequent one more often.</summary>
    public static string Word(Random random) => $"word{(int)Math.Pow(Vocabulary, random.NextDouble())}";

    private static float[] Gaussian(Random random)
    {
        var vector = new float[VisualLayout.Dimension];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()));
        }

        return vector;
    }
}
