using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>
/// What Qdrant can be asked of a filter: a condition that every point satisfies which passes the filter. Where it is not exact, some
/// points that satisfy it do not pass, and payloads have to be looked at.
/// </summary>
internal sealed record PossibleFilter
{
    private PossibleFilter(Condition? condition, bool isEmpty, bool isExact) => (Condition, IsEmpty, IsExact) = (condition, isEmpty, isExact);

    /// <summary>Every point passes.</summary>
    public static PossibleFilter All { get; } = new(null, isEmpty: false, isExact: true);

    /// <summary>No point passes.</summary>
    public static PossibleFilter None { get; } = new(null, isEmpty: true, isExact: true);

    /// <summary>Any point may pass.</summary>
    public static PossibleFilter Unknown { get; } = new(null, isEmpty: false, isExact: false);

    /// <summary>What the server is asked; null when every point may pass, or none does.</summary>
    public Condition? Condition { get; }

    /// <summary>Whether no point can pass, so that the server need not be asked.</summary>
    public bool IsEmpty { get; }

    /// <summary>Whether every point that satisfies the condition passes.</summary>
    public bool IsExact { get; }

    /// <summary>The condition as the server takes it.</summary>
    public Filter? Filter => Condition switch
    {
        null => null,
        Condition.Where where => where.Filter,
        var single => new Filter { Must = [single] },
    };

    private bool IsEverything => Condition is null && !IsEmpty;

    public static PossibleFilter Exactly(Condition condition) => new(condition, isEmpty: false, isExact: true);

    public static PossibleFilter AtMost(Condition condition) => new(condition, isEmpty: false, isExact: false);

    public static PossibleFilter AllOf(IReadOnlyList<PossibleFilter> filters)
    {
        if (filters.Any(filter => filter.IsEmpty))
        {
            return None;
        }

        Condition[] conditions = [.. filters.Select(filter => filter.Condition).OfType<Condition>()];
        return new PossibleFilter(Joined(conditions, must => new Filter { Must = must }), isEmpty: false, filters.All(filter => filter.IsExact));
    }

    public static PossibleFilter AnyOf(IReadOnlyList<PossibleFilter> filters)
    {
        PossibleFilter[] possible = [.. filters.Where(filter => !filter.IsEmpty)];
        if (possible.Length == 0)
        {
            return None;
        }

        if (possible.Any(filter => filter.IsEverything))
        {
            return possible.Any(filter => filter is { IsEverything: true, IsExact: true }) ? All : Unknown;
        }

        Condition[] conditions = [.. possible.Select(filter => filter.Condition).OfType<Condition>()];
        return new PossibleFilter(Joined(conditions, should => new Filter { Should = should }), isEmpty: false, possible.All(filter => filter.IsExact));
    }

    /// <summary>Of what is only possible, the contrary is possible everywhere.</summary>
    public PossibleFilter Not() => this switch
    {
        { IsEmpty: true } => All,
        { IsExact: false } => Unknown,
        { Condition: null } => None,

        // One level for two: servers limit how deep JSON may be.
        { Condition: Condition.Where { Filter: { Must: null, MustNot: null, Should: { } any } } } => Exactly(new Condition.Where(new Filter { MustNot = any })),
        { Condition: Condition.Where { Filter: { Must: null, Should: null, MustNot: [var one] } } } => Exactly(one),
        { Condition: { } condition } => Exactly(new Condition.Where(new Filter { MustNot = [condition] })),
    };

    private static Condition? Joined(Condition[] conditions, Func<IReadOnlyList<Condition>, Filter> join) => conditions.Length switch
    {
        0 => null,
        1 => conditions[0],
        _ => new Condition.Where(join(conditions)),
    };
}
