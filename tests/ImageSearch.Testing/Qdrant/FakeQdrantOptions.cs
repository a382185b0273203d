using System.Security.Cryptography.X509Certificates;
using ImageSearch.Testing.Qdrant.OpenApi;

namespace ImageSearch.Testing.Qdrant;

/// <summary>What a <see cref="FakeQdrant"/> accepts, what it claims to be, and what it keeps.</summary>
public sealed record FakeQdrantOptions
{
    /// <summary>The version that it reports and behaves like: what came later it ignores or refuses, as that version would.</summary>
    public string Version { get; init; } = "1.19.0";

    /// <summary>The key that may do everything; null for a server that wants none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The key that may only read; null for none.</summary>
    public string? ReadOnlyApiKey { get; init; }

    /// <summary>Longest request body, in bytes.</summary>
    public long LargestBody { get; init; } = 33_554_432;

    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// A folder in which every write is kept before it is answered, so that a server that was killed starts again with what it had
    /// acknowledged; null to keep all in memory.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The document against which every request and answer is checked (see <see cref="FakeQdrant.Violations"/>); null for no check.</summary>
    public OpenApiDocument? Validation { get; init; }

    /// <summary>The certificate of a server that speaks HTTPS; null for one that speaks HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>False to remember no calls, in long runs.</summary>
    public bool RemembersCalls { get; init; } = true;

    /// <summary>The server's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
