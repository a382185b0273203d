namespace ImageSearch.Spending;

/// <summary>The most that may be spent, shared by all that spend under it. Safe for many threads.</summary>
/// <param name="dollars">US dollars; null for no limit.</param>
public sealed class SpendCap(decimal? dollars = null)
{
    private readonly Lock _gate = new();
    private decimal _taken;

    /// <summary>US dollars; null for no limit.</summary>
    public decimal? Dollars { get; } = dollars;

    /// <summary>What is spent or reserved, in US dollars.</summary>
    public decimal Taken
    {
        get
        {
            lock (_gate)
            {
                return _taken;
            }
        }
    }

    /// <summary>What is left, in US dollars.</summary>
    internal decimal Left => Dollars is { } most ? most - Taken : decimal.MaxValue;

    /// <summary>Takes so much, unless the cap would be passed.</summary>
    internal bool TryTake(decimal amount)
    {
        lock (_gate)
        {
            if (_taken + amount > Dollars)
            {
                return false;
            }

            _taken += amount;
            return true;
        }
    }

    /// <summary>Gives back what was taken and not spent; negative where more was spent.</summary>
    internal void GiveBack(decimal amount)
    {
        lock (_gate)
        {
            _taken -= amount;
        }
    }
}
