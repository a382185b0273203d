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

    private const float ShareOfCluster = 0.5f;

    // As many different words as a library of photographs with folders and keywords has; their frequencies fall off as in language.
    private const int Vocabulary = 5_000;
    private const int WordsOfPicture = 12;

    // Neither a plural nor another form of any other, to a stemmer.
    private const string Letters = "bcdfghjklmnpqrtvwxz";

    // Standard deviations of the looks in the directions in which they differ most, as 1,312 photographs have them: the first 8 of the
    // 512 hold 38 % of the variance, 32 hold 67 % and 128 hold 93 %.
    private static readonly float[] Spread =
        [.. Enumerable.Range(0, VisualLayout.Dimension).Select(at => (float)Math.Sqrt(Math.Pow(1 + (at / 2.5), -0.9) * Math.Exp(-at / 130.0)))];

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
        TensorPrimitives.Multiply(looks, MathF.Sqrt(1 - ShareOfCluster), looks);
        TensorPrimitives.MultiplyAdd(centre, MathF.Sqrt(ShareOfCluster), looks, looks);
        TensorPrimitives.Multiply(looks, Spread, looks);
        TensorPrimitives.Divide(looks, TensorPrimitives.Norm<float>(looks), looks);
        var payload = Payload(number, random);
        return new ImagePoint(PointId.Of(payload.Library, payload.Path), OfflineVector.WithWords(looks, payload.Words), payload);
    }

    /// <summary>What is known of a picture beside its vector.</summary>
    public static ImagePayload Payload(int number, Random random)
    {
        var words = string.Join(' ', Enumerable.Range(0, WordsOfPicture).Select(_ => Word(random)));
        return new ImagePayload
        {
            Library = "bench",
            Path = $"{number % 50}/{number}.jpg",
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
        };
    }

    /// <summary>A word, a frequent one more often.</summary>
    public static string Word(Random random)
    {
        var word = "q";
        for (var number = (int)Math.Pow(Vocabulary, random.NextDouble()); number > 0; number /= Letters.Length)
        {
            word += Letters[number % Letters.Length];
        }

        return word;
    }

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
