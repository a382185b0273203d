namespace ImageSearch.Spending;

/// <summary>What one run spends: under a cap, and into the ledger. A run that makes no paid call leaves no trace. Safe for many threads.</summary>
/// <param name="ledger">Opens the ledger; asked when the first call is paid.</param>
/// <param name="cap">What may be spent.</param>
/// <param name="time">The clock.</param>
internal sealed class SpendRun(Func<SpendLedger> ledger, SpendCap cap, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<SpendAccount> _accounts = [];
    private long? _number;

    /// <summary>What may be spent.</summary>
    public SpendCap Cap => cap;

    /// <summary>What was spent so far, in US dollars; calls under way are not counted.</summary>
    public decimal Spent
    {
        get
        {
            lock (_gate)
            {
                return _accounts.Sum(account => account.Dollars);
            }
        }
    }

    /// <summary>Sets money aside for a call, before it is made.</summary>
    /// <param name="price">The model's price.</param>
    /// <param name="purpose">What for, in one word.</param>
    /// <param name="most">The most that the call can use.</param>
    /// <returns>Null when the cap would be passed: the call must not be made.</returns>
    /// <exception cref="SpendLedgerException">It cannot be booked: the call must not be made.</exception>
    public SpendReservation? TryReserve(ModelPrice price, string purpose, SpendUsage most)
    {
        var amount = price.Of(most);
        if (!cap.TryTake(amount))
        {
            return null;
        }

        try
        {
            lock (_gate)
            {
                var account = AccountOf(price.Model, purpose);
                account.Reserve(amount, cap.Left);
                return new SpendReservation(this, account, price, most, time);
            }
        }
        catch (SpendLedgerException)
        {
            cap.GiveBack(amount);
            throw;
        }
    }

    /// <summary>Books a call that was paid for.</summary>
    public void Settle(SpendAccount account, decimal reserved, decimal dollars, SpendUsage used, TimeSpan took)
    {
        lock (_gate)
        {
            account.Settle(reserved, dollars, used, took);
        }

        // Last: what another call may take now must no longer be booked here, or the ledger would pass the cap for a moment.
        cap.GiveBack(reserved - dollars);
    }

    /// <summary>Books a call that cost nothing.</summary>
    public void Release(SpendAccount account, decimal reserved)
    {
        lock (_gate)
        {
            account.Release(reserved);
        }

        cap.GiveBack(reserved);
    }

    private SpendAccount AccountOf(string model, string purpose)
    {
        var book = ledger();
        var row = new SpendRow(_number ??= book.Begin(time.GetUtcNow()), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), model, purpose);
        if (_accounts.Find(account => account.Row == row) is { } known)
        {
            return known;
        }

        var added = new SpendAccount(book, row, time);
        _accounts.Add(added);
        return added;
    }
}
