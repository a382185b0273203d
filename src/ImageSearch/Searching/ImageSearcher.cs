using ImageSearch.Collections;
using Microsoft.Extensions.AI;

namespace ImageSearch.Searching;

/// <summary>
/// Answers queries from a collection: nearest by meaning and best by words, fused by reciprocal rank, each picture's bytes once.
/// Safe to call from many threads at the same time.
/// </summary>
/// <param name="collection">What is searched.</param>
/// <param name="embedder">The model that made the collection's vectors; it embeds what is asked for.</param>
/// <param name="readPicture">Reads the pictures that queries name; <see cref="QueryPictureFiles.ReadAsync"/> for files.</param>
/// <param name="time">Measures how long an answer took.</param>
public sealed class ImageSearcher(
    IImageCollection collection,
    IEmbeddingGenerator<AIContent, Embedding<float>> embedder,
    QueryPictureReader readPicture,
    TimeProvider time)
{
    /// <summary>So many of the most relevant pictures are put in the order of time where a query that ranks is sorted by date.</summary>
    public const int SortedByDate = 100;

    private const int LargestLimit = 100_000;
    private const int LargestOffset = 1_000_000;

    /// <summary>Copies are looked up for so many hits at a time.</summary>
    private const int LookedUpAtOnce = 100;

    private readonly QueryEmbedder _embedder = new(collection, embedder, readPicture);
    private readonly RankedSearch _ranked = new(collection);
    private readonly DiverseOrder _diverse = new(collection);
    private readonly SearchNotes _notes = new(collection, embedder);

    /// <summary>How the nearest pictures are found: <see cref="SearchPrecision.Exact"/> suits models whose texts lie where their pictures hardly differ.</summary>
    public SearchPrecision Precision { get; init; }

    /// <summary>
    /// Answers a query. While the collection stays as it is, pages of the same query and limit follow on from each other: exactly
    /// within the first 100 hits, below them as far as the collection's search finds every neighbour.
    /// </summary>
    /// <exception cref="QueryException">The query cannot be answered: a limit is out of range, a picture is not there, the parts cancel out.</exception>
    /// <exception cref="CollectionException">The collection cannot be used, or another model made it.</exception>
    public async Task<SearchPage> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default)
    {
        Validate(query);
        var started = time.GetTimestamp();
        var meaning = await _embedder.EmbedAsync(query, cancellationToken);
        var request = new SearchRequest(query, meaning, QueryWords.Ranked(query), Precision);
        var found = await FindAsync(request, cancellationToken);
        var pictures = found.InOrder;
        var page = await _ranked.ScoreAsync([.. pictures.Skip(query.Offset).Take(query.Limit)], meaning.Vector, cancellationToken);
        var hits = await HitsAsync(page, query.Offset, cancellationToken);
        var notes = await _notes.WriteAsync(request, found, cancellationToken);
        return new SearchPage(hits, pictures.Count > query.Offset + query.Limit, notes, time.GetElapsedTime(started));
    }

    private async Task<FoundPictures> FindAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var query = request.Query;
        var wanted = query.Offset + query.Limit + 1;
        if (query.Sort == SearchSort.Diverse)
        {
            var window = DiverseOrder.Window(query.Limit);
            var candidates = await FindBestAsync(request, Math.Max(window, wanted), cancellationToken);
            return candidates with { InOrder = await _diverse.ArrangeAsync(candidates.InOrder, window, wanted, cancellationToken) };
        }

        if (query.Sort == SearchSort.Relevance || !request.IsRanked)
        {
            return await FindBestAsync(request, wanted, cancellationToken);
        }

        var relevant = Math.Max(SortedByDate, query.Limit);
        var best = await FindBestAsync(request, relevant, cancellationToken);
        return best with { InOrder = [.. best.InOrder.Take(relevant).OrderBy(picture => TakenKey.Of(picture.Point), TakenOrder.Of(TimeOrderOf(query)))] };
    }

    /// <summary>
    /// The best <paramref name="wanted"/> pictures or more, fewer only where there are no more: by relevance, or by time where nothing
    /// is ranked by. Of groups, the best of those that are looked at.
    /// </summary>
    private async Task<FoundPictures> FindBestAsync(SearchRequest request, int wanted, CancellationToken cancellationToken)
    {
        if (request.Query.Grouping is not { } grouping)
        {
            return new FoundPictures(await FindPlainAsync(request, wanted, cancellationToken), LeavesOut: false);
        }

        var window = HitGrouping.Window(request.Query.Limit);
        var pictures = await FindPlainAsync(request, window + 1, cancellationToken);
        return new FoundPictures(grouping.BestOf(pictures.Take(window)), pictures.Count > window);
    }

    private Task<List<RankedPicture>> FindPlainAsync(SearchRequest request, int wanted, CancellationToken cancellationToken) => request.IsRanked
        ? _ranked.FindAsync(request, wanted, cancellationToken)
        : ListedPictures.FindAsync(collection, request.Filter, TimeOrderOf(request.Query), wanted, cancellationToken);

    private async Task<List<SearchHit>> HitsAsync(List<RankedPicture> page, int offset, CancellationToken cancellationToken)
    {
        var places = new List<(string Content, PicturePath Path)>();
        foreach (var contents in page.Select(picture => picture.Point.Payload.Sha256).Chunk(LookedUpAtOnce))
        {
            var sameBytes = new ImageFilter([new ImageCondition.Any([.. contents.Select(content => new ImageCondition.HasContent(content))])]);
            await foreach (var copy in collection.ListAsync(sameBytes, cancellationToken))
            {
                places.Add((copy.Payload.Sha256, PathOf(copy.Payload)));
            }
        }

        var paths = places.ToLookup(place => place.Content, place => place.Path);
        return [.. page.Select((picture, index) => new SearchHit
        {
            Rank = offset + index + 1,
            Score = picture.Score,
            Picture = picture.Point.Payload,
            OtherPaths = [.. paths[picture.Point.Payload.Sha256]
                .Where(path => path != PathOf(picture.Point.Payload))
                .OrderBy(path => path.Library, StringComparer.Ordinal)
                .ThenBy(path => path.Path, StringComparer.Ordinal)],
            Group = picture.Group,
            Why = picture.Why,
        })];
    }

    private static TimeOrder TimeOrderOf(SearchQuery query) => query.Sort == SearchSort.Oldest ? TimeOrder.OldestFirst : TimeOrder.NewestFirst;

    private static PicturePath PathOf(ImagePayload picture) => new(picture.Library, picture.Path);

    private static void Validate(SearchQuery query)
    {
        if (query.Limit is < 1 or > LargestLimit)
        {
            throw new QueryException($"The limit is {query.Limit}.", $"Ask for 1 to {LargestLimit} hits.");
        }

        if (query.Offset is < 0 or > LargestOffset)
        {
            throw new QueryException($"The offset is {query.Offset}.", $"Pass over 0 to {LargestOffset} hits.");
        }

        if (query.Grouping is { Most: < 1 or > HitGrouping.LargestMost } grouping)
        {
            throw new QueryException($"{grouping.Most} hits of each group are asked for.", $"Ask for 1 to {HitGrouping.LargestMost}.");
        }

        if (query.MinScore is { } score && score is not (>= 0 and <= 1))
        {
            throw new QueryException($"The least score is {score}.", "Scores are from 0 to 1.");
        }
    }
}
