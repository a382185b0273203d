namespace ImageSearch.Pacing;

/// <summary>Within what bounds a <see cref="CallPace"/> moves.</summary>
internal sealed record CallPaceOptions
{
    /// <summary>Where its calls are counted.</summary>
    /// <value>The default is those of embedding providers.</value>
    public CallMetrics Metrics { get; init; } = CallMetrics.Embedding;

    /// <summary>What the calls are for, as the metrics name it.</summary>
    /// <value>The default is <c>document</c>.</value>
    public string Purpose { get; init; } = "document";

    /// <summary>Most calls at once.</summary>
    /// <value>The default is 32.</value>
    public int MostAtOnce { get; init; } = 32;

    /// <summary>Fewest calls at once that refusals lead to, short of a pause.</summary>
    /// <value>The default is 1.</value>
    public int LeastAtOnce { get; init; } = 1;

    /// <summary>Calls at once before anything is known of the provider; never more than <see cref="MostAtOnce"/>.</summary>
    /// <value>The default is 8.</value>
    public int FirstWidth { get; init; } = 8;

    /// <summary>Longest first pause; it doubles with every further refusal.</summary>
    /// <value>The default is half a second.</value>
    public TimeSpan BackoffFloor { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest pause of all, unless the provider asks for a longer one.</summary>
    /// <value>The default is 20 seconds.</value>
    public TimeSpan BackoffCeiling { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long something is tried whose calls fail otherwise than by a throttle, from its first failure on.</summary>
    /// <value>The default is two minutes.</value>
    public TimeSpan FailurePatience { get; init; } = TimeSpan.FromMinutes(2);
}
