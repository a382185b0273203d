namespace ImageSearch.Pacing;

/// <summary>The right to make one call. Disposing gives it back, with what came of the call.</summary>
/// <param name="pace">Where it goes back to.</param>
/// <param name="round">The pace's round when the call began.</param>
/// <param name="began">When it began, as a timestamp of the pace's clock.</param>
internal sealed class CallSlot(CallPace pace, int round, long began) : IDisposable
{
    /// <summary>Refusals of an earlier round tell the pace nothing new.</summary>
    public int Round => round;

    public long Began => began;

    /// <summary>What came of the call; a call that nothing is said of was given up.</summary>
    public CallOutcome Outcome { get; set; }

    /// <summary>How long the provider asks everyone to wait.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <inheritdoc/>
    public void Dispose() => pace.Leave(this);
}

/// <summary>What came of a call, as far as it concerns the pace.</summary>
internal enum CallOutcome
{
    /// <summary>It was given up, or failed in a way that says nothing of how much the provider takes.</summary>
    Abandoned,

    /// <summary>The provider did its work, be it that it rejected the input.</summary>
    Answered,

    /// <summary>The provider takes no more calls for the moment.</summary>
    Throttled,

    /// <summary>The provider failed, or could not be reached.</summary>
    Failed,
}
