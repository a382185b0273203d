namespace ImageSearch.Qdrant;

/// <summary>Where a <see cref="QdrantClient"/> calls and how patient it is.</summary>
internal sealed record QdrantClientOptions
{
    /// <summary>The server: <c>http</c> or <c>https</c>, host and REST port (6333).</summary>
    public required Uri Address { get; init; }

    /// <summary>The key, sent as <c>api-key</c>; null where the server asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How long the server may work on one call. The client waits two seconds longer. The default is 60 seconds, which is the server's own.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call that failed for a passing reason is made again. The default is 10 seconds.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(10);
}
