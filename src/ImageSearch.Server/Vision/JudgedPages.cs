using System.Runtime.CompilerServices;
using ImageSearch.Answers;
using ImageSearch.Collections;
using ImageSearch.Searching;
using ImageSearch.Server.Events;
using ImageSearch.Server.Search;

namespace ImageSearch.Server.Vision;

/// <summary>Answers a search, and then with what a model says of its best hits.</summary>
internal sealed class JudgedPages(ServedCollection served, SearchPages pages, QueryPictures queryPictures, ImageSearchHome home)
{
    /// <summary>The plain page, the verdicts as they come, and last the order: <c>page</c>, <c>verdict</c>, <c>order</c>. The model is not asked before the page is taken.</summary>
    /// <exception cref="QueryException">The query cannot be understood or answered.</exception>
    /// <exception cref="BadHttpRequestException">Limit, cursor, a picture or the number of hits is none.</exception>
    /// <exception cref="CollectionException">The collection cannot be used.</exception>
    public async IAsyncEnumerable<ServerEvent> AnswerAsync(JudgeBody asked, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var top = asked.Top ?? JudgedSearch.UsualHits;
        if (top is < 1 or > JudgedSearch.MostHits)
        {
            throw new BadHttpRequestException($"'top' is {top}. Have 1 to {JudgedSearch.MostHits} hits looked at.");
        }

        var read = SearchPages.Read(asked);
        await using var lease = await served.BorrowAsync(cancellationToken);
        var found = await pages.FindAsync(read, lease, cancellationToken);
        yield return ServerEvent.Of("page", found.Answer, ServerJson.Default.SearchAnswer);
        await foreach (var step in home.JudgedSearchOf(lease.Collection, queryPictures.ReadAsync).JudgeAsync(found.Query, found.Page, top, cancellationToken))
        {
            yield return step switch
            {
                JudgedStep.Judged judged => ServerEvent.Of("verdict", JsonVerdictStep.Of(judged), ServerJson.Default.JsonVerdictStep),
                JudgedStep.Ended ended => ServerEvent.Of("order", JsonOrderStep.Of(ended.Page), ServerJson.Default.JsonOrderStep),
                _ => throw new InvalidOperationException("unknown kind of step"),
            };
        }
    }
}
