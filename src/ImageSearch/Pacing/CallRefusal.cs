namespace ImageSearch.Pacing;

/// <summary>What a call that failed means for the pace.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="RetryAfter">How long the provider asks everyone to wait; null where it does not say.</param>
internal readonly record struct CallRefusal(CallOutcome Outcome, TimeSpan? RetryAfter = null);
