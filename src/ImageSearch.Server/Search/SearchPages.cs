using ImageSearch.Answers;
using ImageSearch.Collections;
using ImageSearch.Searching;
using ImageSearch.Server.Libraries;
using ImageSearch.Server.Vision;

namespace ImageSearch.Server.Search;

/// <summary>Answers searches a page at a time.</summary>
internal sealed class SearchPages(ServedCollection served, LibraryLedgers ledgers, SearchPlans plans)
{
    /// <summary>Hits on a page where nothing else is said.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Most hits on a page.</summary>
    public const int MostHits = 500;

    /// <summary>The page that is asked for.</summary>
    /// <exception cref="QueryException">The query cannot be understood or answered.</exception>
    /// <exception cref="BadHttpRequestException">Limit, cursor or a picture is none.</exception>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async Task<SearchAnswer> AnswerAsync(SearchBody asked, CancellationToken cancellationToken)
    {
        var read = Read(asked);
        await using var lease = await served.BorrowAsync(cancellationToken);
        return (await FindAsync(read, lease, cancellationToken)).Answer;
    }

    /// <summary>The page that is asked for, in a collection that the caller borrowed.</summary>
    /// <exception cref="QueryException">The query cannot be answered.</exception>
    /// <exception cref="BadHttpRequestException">The cursor is of another query, or there is no such plan.</exception>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async Task<FoundPage> FindAsync(AskedPage asked, CollectionLease lease, CancellationToken cancellationToken)
    {
        var plan = await plans.PlanAsync(asked, lease.Collection, cancellationToken);
        var query = plan.Query with { Offset = asked.Cursor?.OffsetIn(plan.Query) ?? 0 };
        var page = await lease.Searcher.SearchAsync(query, cancellationToken);
        var searchable = await lease.Collection.CountAsync(ImageFilter.All, cancellationToken);
        var (found, failed) = ledgers.Total();
        return new FoundPage(query, page, new SearchAnswer(
            query.ToString(),
            [.. query.Items.Select(item => new UnderstoodItem(item.Text, item.Kind))],
            [.. page.Hits.Select(JsonHit.Of)],
            page.HasMore,
            page.HasMore ? SearchCursor.To(query.Offset + page.Hits.Count, query, plan.Request) : null,
            Math.Round(page.Elapsed.TotalMilliseconds, 1),
            [.. plan.Notes, .. page.Notes],
            new SearchCoverage(searchable, Math.Max(found, searchable), failed))
        { Plan = JsonPlan.Of(plan) });
    }

    /// <summary>Reads what is asked for, before any collection is.</summary>
    /// <exception cref="QueryException">The query cannot be understood.</exception>
    /// <exception cref="BadHttpRequestException">Limit, cursor or a picture is none.</exception>
    public static AskedPage Read(SearchBody asked)
    {
        var limit = asked.Limit ?? DefaultLimit;
        if (limit is < 1 or > MostHits)
        {
            throw new BadHttpRequestException($"The limit is {limit}. Ask for 1 to {MostHits} hits a page.");
        }

        var text = string.Join(' ', (asked.Like ?? []).Select(LikedPicture.ToItem).Prepend(asked.Q ?? ""));
        var typed = QueryParser.Parse(text) with { Limit = limit, MinScore = asked.MinScore, IsJudged = asked is JudgeBody { Widen: true } };
        return new AskedPage(asked, typed, SearchCursor.Read(asked.Cursor));
    }
}
