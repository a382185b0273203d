namespace ImageSearch.Spending;

/// <summary>Money set aside for one call. Disposed of without a word about its end, the call counts as paid in full.</summary>
internal sealed class SpendReservation(SpendRun run, SpendAccount account, ModelPrice price, SpendUsage most, TimeProvider time) : IDisposable
{
    private readonly long _started = time.GetTimestamp();
    private bool _isEnded;

    /// <summary>The call was answered.</summary>
    /// <param name="used">What the provider says it used.</param>
    public void Settle(SpendUsage used) => End(() =>
        run.Settle(account, price.Of(most), price.Of(used), used, time.GetElapsedTime(_started)));

    /// <summary>The call costs nothing.</summary>
    public void Release() => End(() => run.Release(account, price.Of(most)));

    /// <inheritdoc/>
    public void Dispose() => Settle(most);

    private void End(Action book)
    {
        if (!_isEnded)
        {
            _isEnded = true;
            book();
        }
    }
}
