using System.Numerics.Tensors;
using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>Ranks what a collection holds by meaning and by words, each picture's bytes once.</summary>
internal sealed class RankedSearch(IImageCollection collection)
{
    /// <summary>The best <paramref name="wanted"/> pictures that reach the least score, fewer only where there are no more.</summary>
    public async Task<List<RankedPicture>> FindAsync(SearchRequest request, int wanted, CancellationToken cancellationToken)
    {
        var meaning = request.Meaning;
        var leastScore = request.Query.MinScore ?? 0;

        // Copies and query pictures fall out of what was fetched, so the window grows until enough is left or all has been seen.
        for (var window = Math.Max(RankFusion.Depth, wanted); ; window *= 2)
        {
            var hits = await collection.SearchAsync(
                new CollectionQuery { Vector = meaning.Vector, Words = request.Words, Filter = request.Filter, Limit = window, Precision = request.Precision }, cancellationToken);
            var pictures = RankFusion.Fuse(hits).Where(picture => !meaning.Points.Contains(picture.Point.Id))
                .DistinctBy(picture => picture.Point.Payload.Sha256).ToList();
            if (leastScore > 0)
            {
                pictures = await ScoreAsync(pictures, meaning.Vector, cancellationToken);
                _ = pictures.RemoveAll(picture => picture.Score < leastScore);
            }

            if (pictures.Count >= wanted || IsAll(hits, meaning, window, leastScore))
            {
                return pictures;
            }
        }
    }

    /// <summary>Gives every picture its score; those that only words found are compared with the query's vector here where the collection has not done so.</summary>
    public async Task<List<RankedPicture>> ScoreAsync(
        List<RankedPicture> pictures, ReadOnlyMemory<float>? vector, CancellationToken cancellationToken)
    {
        if (vector is not { } query)
        {
            return pictures;
        }

        var unknown = pictures.FindAll(picture => picture.Score is null).ConvertAll(picture => picture.Point.Id);
        var stored = unknown.Count == 0
            ? new Dictionary<Guid, ReadOnlyMemory<float>>()
            : (await collection.GetAsync(unknown, VectorInclusion.With, cancellationToken)).ToDictionary(point => point.Id, point => point.Vector);
        return pictures.ConvertAll(picture => picture with
        {
            Score = Math.Clamp(picture.Score ?? Cosine(query, stored.GetValueOrDefault(picture.Point.Id)), 0, 1),
        });
    }

    /// <summary>0 where the picture's vector is missing: it may be deleted between two calls.</summary>
    private static double Cosine(ReadOnlyMemory<float> query, ReadOnlyMemory<float> picture) =>
        picture.IsEmpty ? 0 : TensorPrimitives.Dot(query.Span, picture.Span);

    /// <summary>Every picture that passes the filter is found by meaning, so that list decides; below the least score it need not be read on.</summary>
    private static bool IsAll(CollectionHits hits, QueryMeaning meaning, int window, double leastScore) => meaning.Vector is null
        ? hits.ByWords.Count < window
        : hits.ByMeaning.Count < window || hits.ByMeaning[^1].Score < leastScore;
}
