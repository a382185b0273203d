namespace ImageSearch.Searching;

/// <summary>Orders pictures by the time they were taken; those without a time come last, equal times are ordered by id.</summary>
internal sealed class TakenOrder : IComparer<RankedPicture>
{
    private readonly int _direction;

    private TakenOrder(int direction) => _direction = direction;

    public static TakenOrder NewestFirst { get; } = new(-1);

    public static TakenOrder OldestFirst { get; } = new(1);

    public static TakenOrder Of(SearchSort sort) => sort == SearchSort.Oldest ? OldestFirst : NewestFirst;

    public int Compare(RankedPicture? x, RankedPicture? y) => (x, y) switch
    {
        ({ } a, { } b) => (a.Point.Payload.TakenAt, b.Point.Payload.TakenAt) switch
        {
            (null, not null) => 1,
            (not null, null) => -1,
            ({ } first, { } second) when first != second => _direction * first.CompareTo(second),
            _ => a.Point.Id.CompareTo(b.Point.Id),
        },
        _ => throw new ArgumentNullException(x is null ? nameof(x) : nameof(y)),
    };
}
