namespace ImageSearch.Spending;

/// <summary>
/// One line of the ledger while its run lasts. What the file says is never less than what was spent: money is booked before it is
/// spent, for about a second ahead, so that the file is written about once a second however many calls there are. A process that is
/// killed leaves at most that second too much. Not safe for many threads.
/// </summary>
internal sealed class SpendAccount(SpendLedger ledger, SpendRow row, TimeProvider time)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    private decimal _reserved;
    private decimal _reservedSinceWrite;
    private int _underWay;
    private decimal _booked;
    private long _written = time.GetTimestamp();

    /// <summary>The line that this is.</summary>
    public SpendRow Row => row;

    /// <summary>Calls that ended and were paid for.</summary>
    public long Calls { get; private set; }

    /// <summary>What they used.</summary>
    public SpendUsage Usage { get; private set; }

    /// <summary>What they cost, in US dollars.</summary>
    public decimal Dollars { get; private set; }

    /// <summary>How long they took together.</summary>
    public TimeSpan CallTime { get; private set; }

    /// <summary>Books a call that is about to be made.</summary>
    /// <param name="amount">The most that it can cost, in US dollars.</param>
    /// <param name="left">What the run may still spend after it.</param>
    public void Reserve(decimal amount, decimal left)
    {
        _reserved += amount;
        _reservedSinceWrite += amount;
        _underWay++;
        try
        {
            var elapsed = time.GetElapsedTime(_written);
            if (Dollars + _reserved > _booked || elapsed >= Ahead)
            {
                var lately = elapsed > Ahead ? _reservedSinceWrite * (decimal)(Ahead / elapsed) : _reservedSinceWrite;
                Write(Math.Min(lately, left));
            }
        }
        catch (SpendLedgerException)
        {
            _reserved -= amount;
            _underWay--;
            throw;
        }
    }

    /// <summary>Books the end of a call that was paid for.</summary>
    public void Settle(decimal reserved, decimal dollars, SpendUsage used, TimeSpan took)
    {
        Calls++;
        Usage += used;
        Dollars += dollars;
        CallTime += took;
        Release(reserved);
    }

    /// <summary>Books the end of a call that cost nothing.</summary>
    public void Release(decimal reserved)
    {
        _reserved -= reserved;
        _underWay--;
        if (_underWay == 0 || Dollars + _reserved > _booked)
        {
            Write(0);
        }
    }

    private void Write(decimal ahead)
    {
        var unsettled = _reserved + ahead;
        ledger.Write(row, Calls, Usage, Dollars, unsettled, CallTime);
        (_booked, _reservedSinceWrite, _written) = (Dollars + unsettled, 0, time.GetTimestamp());
    }
}
