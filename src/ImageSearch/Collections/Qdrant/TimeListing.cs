using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>
/// Lists points by time. The server orders by the microsecond and promises nothing of what lies within one, so the last microsecond of
/// a page is read whole, and the next page begins behind it. Points without a time have no place in the server's order: they are asked
/// for when there are no others left.
/// </summary>
internal sealed class TimeListing(QdrantSession session, ImageFilter filter, TimeOrder order, int limit)
{
    private const int PageSize = 512;

    private readonly List<ImagePoint> _found = [];

    private static PossibleFilter AnyTime { get; } = TakenWithin(DateTime.MinValue, null);

    public async Task<IReadOnlyList<ImagePoint>> RunAsync(CancellationToken cancellationToken)
    {
        var possible = await session.TranslateAsync(filter, cancellationToken);
        if (possible.IsEmpty)
        {
            return [];
        }

        for (var left = AnyTime; left is not null && _found.Count < limit;)
        {
            left = await ReadPageAsync(possible, left, cancellationToken);
        }

        if (_found.Count < limit)
        {
            // They come in the order of ids, which is theirs.
            var untimed = PossibleFilter.AllOf([possible, AnyTime.Not()]);
            _found.AddRange(await session.ListAsync(filter, untimed, cancellationToken).Take(limit - _found.Count).ToListAsync(cancellationToken));
        }

        // A point that was written again between two pages may stand on both.
        return [.. _found.DistinctBy(point => point.Id).OrderBy(TakenKey.Of, TakenOrder.Of(order)).Take(limit)];
    }

    private static PossibleFilter TakenWithin(DateTime from, DateTime? until) =>
        PossibleFilter.Exactly(new Condition.DatetimeRange(PointFields.TakenAt, from, until));

    private static DateTime? MicrosecondOf(ImagePoint point) =>
        point.Payload.TakenAt is { } taken ? taken.AddTicks(-(taken.Ticks % TimeSpan.TicksPerMicrosecond)) : null;

    /// <summary>Reads a page of the points within some times.</summary>
    /// <returns>The times behind it; null where no point is left, or none wanted.</returns>
    private async Task<PossibleFilter?> ReadPageAsync(PossibleFilter possible, PossibleFilter times, CancellationToken cancellationToken)
    {
        var within = PossibleFilter.AllOf([possible, times]);
        var check = session.CheckOf(filter, within);

        // One more than wanted mostly tells that the last one wanted is alone in its microsecond.
        var size = check is null ? Math.Min(limit - _found.Count, PageSize - 1) + 1 : PageSize;
        var page = await session.FirstByTimeAsync(within.Filter, order, size, cancellationToken);
        var edge = page.Count < size ? null : MicrosecondOf(page[^1]);
        _found.AddRange(page.TakeWhile(point => edge is null || MicrosecondOf(point) != edge).Where(point => check?.Passes(point.Payload) ?? true));
        if (edge is not { } start || _found.Count >= limit)
        {
            return null;
        }

        DateTime? end = start.Ticks <= DateTime.MaxValue.Ticks - TimeSpan.TicksPerMicrosecond ? start.AddTicks(TimeSpan.TicksPerMicrosecond) : null;
        var alike = PossibleFilter.AllOf([possible, TakenWithin(start, end)]);
        _found.AddRange(await session.ListAsync(filter, alike, cancellationToken).ToListAsync(cancellationToken));
        return order == TimeOrder.NewestFirst ? TakenWithin(DateTime.MinValue, start) : end is { } next ? TakenWithin(next, null) : null;
    }
}
