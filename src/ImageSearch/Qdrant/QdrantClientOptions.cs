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

    /// <summary>How long a call that failed for a passing reason is made again. The default is 5 seconds: somebody waits for the answer.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same of calls that change points. The default is a minute, in which a server starts again: a run that breaks off costs more than it waits.</summary>
    public TimeSpan RetryWritesFor { get; init; } = TimeSpan.FromMinutes(1);
}
