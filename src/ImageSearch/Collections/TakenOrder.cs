namespace ImageSearch.Collections;

/// <summary>Compares as <see cref="TimeOrder"/> says.</summary>
internal sealed class TakenOrder : IComparer<TakenKey>
{
    private readonly int _direction;

    private TakenOrder(int direction) => _direction = direction;

    private static TakenOrder NewestFirst { get; } = new(-1);

    private static TakenOrder OldestFirst { get; } = new(1);

    public static TakenOrder Of(TimeOrder order) => order == TimeOrder.OldestFirst ? OldestFirst : NewestFirst;

    public int Compare(TakenKey x, TakenKey y) => (x.Ticks, y.Ticks) switch
    {
        var (first, second) when first == second => x.Id.CompareTo(y.Id),
        (TakenKey.NoTime, _) => 1,
        (_, TakenKey.NoTime) => -1,
        var (first, second) => _direction * first.CompareTo(second),
    };
}
