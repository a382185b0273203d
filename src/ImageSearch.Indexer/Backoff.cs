namespace ImageSearch.Indexer;

/// <summary>
/// How long to wait before the next try: twice as long after each failure in a row, from one second up to a ceiling, and
/// between half and all of that by chance, so that workers that failed together do not come back together.
/// </summary>
internal sealed class Backoff(TimeSpan longest, Random random)
{
    private const int Doublings = 30;

    private int _failures;

    /// <summary>The pause after one more failure.</summary>
    /// <param name="least">What the other side asked for, if it did; it is kept even beyond the ceiling.</param>
    public TimeSpan Next(TimeSpan? least)
    {
        var failures = Math.Min(Interlocked.Increment(ref _failures), Doublings);
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), longest.TotalSeconds));
        lock (random)
        {
            pause *= 0.5 + (0.5 * random.NextDouble());
        }

        return least > pause ? least.Value : pause;
    }

    /// <summary>It went well.</summary>
    public void Reset() => Interlocked.Exchange(ref _failures, 0);
}
