using System.Runtime.CompilerServices;
using ImageSearch.Captioning;
using ImageSearch.Collections;
using ImageSearch.Indexing;
using ImageSearch.Searching;
using ImageSearch.Server.Events;
using ImageSearch.Server.Libraries;
using ImageSearch.Server.Search;
using ImageSearch.Spending;
using ImageSearch.Vision;

namespace ImageSearch.Server.Vision;

/// <summary>Has pictures described from within the server, one run at a time and none beside an indexer; each description is found as soon as it is told.</summary>
internal sealed class CaptionRuns(ImageSearchHome home, QueryPictures queryPictures, ServerEvents news)
{
    private const int MostIds = 500;
    private const int MostPictures = 100_000;
    private const int UsualHits = 50;

    /// <summary>Describes pictures, and tells of each. When nobody listens any more it ends; the same question again goes on.</summary>
    /// <exception cref="BadHttpRequestException">It is not said which pictures.</exception>
    /// <exception cref="QueryException">The query cannot be understood or answered.</exception>
    /// <exception cref="IndexException">Somebody else is writing to the collection.</exception>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async IAsyncEnumerable<ServerEvent> DescribeAsync(CaptionBody asked, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var query = Read(asked);
        var before = home.VisionSpent;
        await using var collection = await WritableCollection.OpenAsync(home, cancellationToken);
        var captioner = home.CaptionerOf(collection);
        var filter = query is null ? await FilterAsync(asked.Ids!, collection, cancellationToken) : await FilterAsync(home.PlannerOf(collection).ReadUsually(query), collection, cancellationToken);
        var scope = asked.Again == true ? CaptionScope.All : CaptionScope.Missing;
        IReadOnlyList<Guid> pictures = [.. (await captioner.SelectAsync(filter, scope, cancellationToken)).Take(asked.Limit ?? MostPictures)];
        var estimate = await captioner.EstimateAsync(pictures, cancellationToken);
        yield return ServerEvent.Of("estimate", new CaptionEvents.Estimate(estimate.Pictures, estimate.Kept, estimate.Cost, estimate.Model), ServerJson.Default.Estimate);
        var (described, failed, notes) = (0, 0, new List<string>());
        await using var results = captioner.CaptionAsync(pictures, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await NextAsync(results, notes))
            {
                _ = results.Current is CaptionResult.Captioned ? described++ : failed++;
                yield return Tell(results.Current);
            }
        }
        finally
        {
            if (described > 0)
            {
                var mark = await collection.MarkAsync(CancellationToken.None);
                news.Publish(new CollectionNews(await collection.CountAsync(ImageFilter.All, CancellationToken.None), mark));
            }
        }

        var end = new CaptionEvents.End(described, failed, pictures.Count - described - failed, home.VisionSpent - before, notes);
        yield return ServerEvent.Of("end", end, ServerJson.Default.End);
    }

    /// <summary>The query that names the pictures; null where their ids do.</summary>
    private static SearchQuery? Read(CaptionBody asked)
    {
        if (asked.Limit is < 1 or > MostPictures)
        {
            throw new BadHttpRequestException($"The limit is {asked.Limit}. Have 1 to {MostPictures} pictures described.");
        }

        return (asked.Ids, asked.Q) switch
        {
            (null, { } text) => QueryParser.Parse(text) with { Limit = Math.Min(asked.Limit ?? UsualHits, SearchPages.MostHits) },
            ({ Count: <= MostIds }, null) => null,
            ({ Count: var count }, null) => throw new BadHttpRequestException($"There are {count} ids. Give at most {MostIds} at once, or a query."),
            _ => throw new BadHttpRequestException("Say which pictures: by 'ids' or by 'q', and not by both. An empty 'q' stands for all."),
        };
    }

    private static async Task<ImageFilter> FilterAsync(IReadOnlyList<Guid> ids, IImageCollection collection, CancellationToken cancellationToken) =>
        FilterOf((await collection.GetAsync(ids, VectorInclusion.Without, cancellationToken)).Select(point => point.Payload));

    /// <summary>The hits of a query that ranks, or else all that pass its filter.</summary>
    private async Task<ImageFilter> FilterAsync(SearchQuery query, IImageCollection collection, CancellationToken cancellationToken) => query.Parts.Count == 0
        ? query.Filter
        : FilterOf((await home.SearcherOf(collection, queryPictures.ReadAsync).SearchAsync(query, cancellationToken)).Hits.Select(hit => hit.Picture));

    // By content: the copies of a picture are described with it, for one price.
    private static ImageFilter FilterOf(IEnumerable<ImagePayload> pictures) =>
        new([new ImageCondition.Any([.. pictures.Select(picture => new ImageCondition.HasContent(picture.Sha256))])]);

    private static async Task<bool> NextAsync(IAsyncEnumerator<CaptionResult> results, List<string> notes)
    {
        try
        {
            return await results.MoveNextAsync();
        }
        catch (Exception failure) when (failure is VisionException or VisionCacheException or SpendLedgerException)
        {
            notes.Add(failure.Message);
            return false;
        }
    }

    private static ServerEvent Tell(CaptionResult result)
    {
        var id = PointId.Of(result.Picture.Library, result.Picture.Path);
        return result switch
        {
            CaptionResult.Captioned { Caption: var caption } => ServerEvent.Of(
                "caption", new CaptionEvents.Described(id, caption.Caption, caption.Tags, caption.VisibleText), ServerJson.Default.Described),
            CaptionResult.Failed failed => ServerEvent.Of("failed", new CaptionEvents.Refused(id, failed.Reason), ServerJson.Default.Refused),
            _ => throw new InvalidOperationException("unknown kind of result"),
        };
    }
}
