using System.Numerics.Tensors;
using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>
/// Arranges the best pictures so that neighbours differ: maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998). The next
/// picture is always the one with the largest λ · relevance − (1 − λ) · likeness, where likeness is the greatest cosine to a picture
/// before it. Relevance comes from the place, 61 / (60 + place), as in <see cref="RankFusion"/>: cosines of words and pictures are far
/// smaller than those of pictures among themselves, and would not count beside them.
/// </summary>
internal sealed class DiverseOrder(IImageCollection collection)
{
    /// <summary>λ; what others do is in docs/decisions/0012.</summary>
    private const double Relevance = 0.3;

    /// <summary>
    /// So many of the best pictures are arranged: five times the limit of the page, and within 100 and 1,000. It is the same for every
    /// page, so that pages follow on from each other, and bounds the work, which grows with its square.
    /// </summary>
    public static int Window(int limit) => Math.Clamp(5 * limit, 100, 1_000);

    /// <summary>The first <paramref name="wanted"/> pictures: the first <paramref name="window"/> arranged, the others behind them as they were.</summary>
    public async Task<List<RankedPicture>> ArrangeAsync(List<RankedPicture> pictures, int window, int wanted, CancellationToken cancellationToken)
    {
        var candidates = pictures[..Math.Min(window, pictures.Count)];
        var stored = await collection.GetAsync(candidates.ConvertAll(picture => picture.Point.Id), VectorInclusion.With, cancellationToken);
        var vectors = stored.ToDictionary(point => point.Id, point => point.Vector);
        var order = Order([.. candidates.Select(picture => vectors.GetValueOrDefault(picture.Point.Id))], wanted);
        return [.. order.Select(place => candidates[place]), .. pictures.Skip(window).Take(wanted - order.Count)];
    }

    /// <summary>Places of the first <paramref name="wanted"/> candidates in their new order; of equal ones the better comes first.</summary>
    /// <param name="vectors">Unit vectors, the best candidate's first; one that is empty, because its picture was just deleted, is like none.</param>
    /// <param name="wanted">How many are needed.</param>
    private static List<int> Order(ReadOnlyMemory<float>[] vectors, int wanted)
    {
        var left = Enumerable.Range(0, vectors.Length).ToList();
        var likeness = new double[vectors.Length];
        var order = new List<int>();
        while (left.Count > 0 && order.Count < wanted)
        {
            var next = left.MaxBy(place => (Relevance * RankFusion.Weight(place + 1)) - ((1 - Relevance) * likeness[place]));
            order.Add(next);
            _ = left.Remove(next);
            foreach (var place in left)
            {
                likeness[place] = Math.Max(likeness[place], Cosine(vectors[place], vectors[next]));
            }
        }

        return order;
    }

    private static double Cosine(ReadOnlyMemory<float> a, ReadOnlyMemory<float> b) => a.IsEmpty || b.IsEmpty ? 0 : TensorPrimitives.Dot(a.Span, b.Span);
}
