using System.Numerics.Tensors;

namespace ImageSearch.Testing;

/// <summary>
/// Unit vectors that look, to a search, like those an image model makes: a large mean with outlying dimensions, a spectrum that
/// falls as a power, clusters of Zipf sizes inside super-clusters, and a few near copies. Text queries have another mean (the
/// modality gap) and lie partly outside the space of the pictures. Everything follows from the seed.
/// </summary>
public sealed class ClusteredVectors
{
    private const int SuperClusters = 60;
    private const int Clusters = 4000;
    private const double MeanLength = 0.78;
    private const double SuperShare = 0.20;
    private const double ClusterShare = 0.42;
    private const double NearCopies = 0.03;
    private const int TextDimensions = 60;

    private readonly int _dimension;
    private readonly int _seed;
    private readonly int _turned;
    private readonly float[] _mean;
    private readonly float[] _textMean;
    private readonly float[] _spread;
    private readonly float[] _signs;
    private readonly double[] _sizes;
    private readonly float[]?[] _centres = new float[Clusters][];

    /// <param name="dimension">Numbers in a vector.</param>
    /// <param name="seed">What everything follows from.</param>
    public ClusteredVectors(int dimension, int seed)
    {
        (_dimension, _seed) = (dimension, seed);
        _turned = 1 << (int)Math.Log2(dimension);
        var random = new Random(seed);
        _mean = Mean(random, MeanLength);
        _textMean = Mean(random, 0.8);
        TensorPrimitives.MultiplyAdd(_mean, 0.18f, _textMean, _textMean);
        _spread = Spread();
        _signs = [.. Enumerable.Range(0, 2 * _turned).Select(_ => random.Next(2) == 0 ? 1f : -1f)];
        double total = 0;
        _sizes = [.. Enumerable.Range(1, Clusters).Select(rank => total += 1 / Math.Pow(rank + 20, 0.8))];
    }

    /// <summary>Writes pictures <paramref name="first"/>, first + 1, … into the destination, shape [n, dimension]; the same numbers give the same vectors.</summary>
    public void Pictures(int first, Span<float> destination)
    {
        for (int i = 0; i < destination.Length / _dimension; i++)
        {
            Picture(first + i, destination.Slice(i * _dimension, _dimension));
        }
    }

    /// <summary>Pictures that are not among the numbered ones, shape [count, dimension].</summary>
    public float[] PictureQueries(int seed, int count) => Queries(seed, count, random => (Member(Pick(random), random), _mean));

    /// <summary>Texts, shape [count, dimension].</summary>
    public float[] TextQueries(int seed, int count) => Queries(seed, count, random =>
    {
        float[] text = Member(Pick(random), random);
        float[] other = Gaussians(random, _turned);
        for (int at = 0; at < _turned; at++)
        {
            float kept = MathF.Exp(-at / (float)TextDimensions);
            text[at] = (0.55f * kept * text[at]) + (0.022f * other[at]);
        }

        return (text, _textMean);
    });

    private float[] Queries(int seed, int count, Func<Random, (float[] Vector, float[] Mean)> make)
    {
        var queries = new float[count * _dimension];
        var random = new Random(HashCode(seed, -1));
        for (int i = 0; i < count; i++)
        {
            (float[] vector, float[] mean) = make(random);
            Finish(vector, mean, queries.AsSpan(i * _dimension, _dimension));
        }

        return queries;
    }

    private void Picture(int number, Span<float> destination)
    {
        var random = new Random(HashCode(number, 0));
        if (number > 0 && random.NextDouble() < NearCopies)
        {
            Picture(random.Next(number), destination);
            TensorPrimitives.MultiplyAdd(Gaussians(random, _dimension), 0.15f / MathF.Sqrt(_dimension), destination, destination);
            TensorPrimitives.Divide(destination, TensorPrimitives.Norm<float>(destination), destination);
            return;
        }

        Finish(Member(Pick(random), random), _mean, destination);
    }

    // The vector before turning, in the directions of the spectrum.
    private float[] Member(int cluster, Random random)
    {
        float own = (float)Math.Sqrt(1 - SuperShare - ClusterShare);
        float[] vector = Gaussians(random, _turned);
        TensorPrimitives.MultiplyAdd(vector, own, Centre(cluster), vector);
        TensorPrimitives.Multiply(vector, _spread, vector);
        return vector;
    }

    private float[] Centre(int cluster)
    {
        if (Volatile.Read(ref _centres[cluster]) is not { } centre)
        {
            centre = Gaussians(new Random(HashCode(cluster, 2)), _turned);
            TensorPrimitives.Multiply(centre, (float)Math.Sqrt(ClusterShare), centre);
            float[] super = Gaussians(new Random(HashCode(cluster % SuperClusters, 1)), _turned);
            TensorPrimitives.MultiplyAdd(super, (float)Math.Sqrt(SuperShare), centre, centre);
            Volatile.Write(ref _centres[cluster], centre);
        }

        return centre;
    }

    private int Pick(Random random)
    {
        int at = Array.BinarySearch(_sizes, random.NextDouble() * _sizes[^1]);
        return Math.Min(at < 0 ? ~at : at, Clusters - 1);
    }

    // Turned by a random rotation (signs, Hadamard, twice), moved by the mean, made unit length.
    private void Finish(float[] vector, float[] mean, Span<float> destination)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            TensorPrimitives.Multiply(vector, _signs.AsSpan(pass * _turned, _turned), vector);
            Hadamard(vector);
        }

        mean.CopyTo(destination);
        Span<float> turned = destination[.._turned];
        TensorPrimitives.Add(turned, vector, turned);
        TensorPrimitives.Divide(destination, TensorPrimitives.Norm<float>(destination), destination);
    }

    private static void Hadamard(Span<float> vector)
    {
        for (int half = 1; half < vector.Length; half *= 2)
        {
            for (int from = 0; from < vector.Length; from += 2 * half)
            {
                for (int i = from; i < from + half; i++)
                {
                    (vector[i], vector[i + half]) = (vector[i] + vector[i + half], vector[i] - vector[i + half]);
                }
            }
        }

        TensorPrimitives.Multiply(vector, 1 / MathF.Sqrt(vector.Length), vector);
    }

    // A few dimensions hold most of the mean, as in the models measured.
    private float[] Mean(Random random, double length)
    {
        float[] mean = Gaussians(random, _dimension);
        for (int at = 0; at < _dimension; at += 97)
        {
            mean[at] *= 12;
        }

        mean[random.Next(_dimension)] = 0.6f * TensorPrimitives.Norm<float>(mean);
        TensorPrimitives.Multiply(mean, (float)length / TensorPrimitives.Norm<float>(mean), mean);
        return mean;
    }

    // Standard deviations: variances fall as a power, and add up to what the mean leaves of the unit length.
    private float[] Spread()
    {
        var variances = new float[_turned];
        for (int at = 0; at < _turned; at++)
        {
            variances[at] = MathF.Pow(1 + (at / 12f), -1.55f);
        }

        TensorPrimitives.Multiply(variances, (float)(1 - (MeanLength * MeanLength)) / TensorPrimitives.Sum<float>(variances), variances);
        TensorPrimitives.Sqrt(variances, variances);
        return variances;
    }

    private int HashCode(int number, int kind)
    {
        uint hash = ((uint)number * 2_654_435_761) ^ ((uint)kind * 2_246_822_519) ^ ((uint)_seed * 3_266_489_917);
        hash ^= hash >> 15;
        hash *= 2_246_822_519;
        return (int)(hash ^ (hash >> 13));
    }

    private static float[] Gaussians(Random random, int count)
    {
        var numbers = new float[count + 1];
        for (int at = 0; at < count; at += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            numbers[at] = (float)(radius * sine);
            numbers[at + 1] = (float)(radius * cosine);
        }

        return numbers[..count];
    }
}
