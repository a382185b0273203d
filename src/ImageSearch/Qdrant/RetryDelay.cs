namespace ImageSearch.Qdrant;

/// <summary>When a failed call is made again.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The wait before the next try; null when there is to be none.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="attempt">Tries before this one.</param>
    /// <param name="left">Time that is left for tries.</param>
    /// <param name="jitter">0…1, so that clients which failed together do not come back together.</param>
    public static TimeSpan? After(QdrantException failure, int attempt, TimeSpan left, double jitter)
    {
        if (!failure.IsTransient)
        {
            return null;
        }

        var backoff = First * Math.Pow(2, Math.Min(attempt, 10));
        var delay = failure.RetryAfter ?? (backoff < Longest ? backoff : Longest) * (0.5 + (jitter / 2));
        return delay <= left ? delay : null;
    }
}
