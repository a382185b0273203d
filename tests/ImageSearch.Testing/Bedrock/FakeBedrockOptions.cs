using Microsoft.Extensions.AI;

namespace ImageSearch.Testing.Bedrock;

/// <summary>What a <see cref="FakeBedrock"/> accepts and how it answers.</summary>
public sealed record FakeBedrockOptions
{
    /// <summary>The region that requests must be signed for.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Access key ids and their secrets.</summary>
    public IReadOnlyDictionary<string, string> AccessKeys { get; init; } = new Dictionary<string, string>
    {
        ["AKIDFAKEBEDROCK"] = "fake-secret",
    };

    /// <summary>Session tokens that are valid; a request with another token is refused as expired.</summary>
    public IReadOnlySet<string> SessionTokens { get; init; } = new HashSet<string> { "fake-session" };

    /// <summary>Bedrock API keys that are valid.</summary>
    public IReadOnlySet<string> ApiKeys { get; init; } = new HashSet<string> { "fake-api-key" };

    /// <summary>Models that exist but that the account was not given access to.</summary>
    public IReadOnlySet<string> ClosedModels { get; init; } = new HashSet<string>();

    /// <summary>Guardrails by id, each with the words it blocks.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Guardrails { get; init; } =
        new Dictionary<string, IReadOnlyList<string>> { ["fakeguardrail"] = ["forbidden"] };

    /// <summary>Most text tokens that the Titan image embedding model takes: the smaller of the two published limits.</summary>
    public int TitanMaxTokens { get; init; } = 128;

    /// <summary>Most text tokens that the Nova embedding model takes; it cuts a longer text.</summary>
    public int NovaMaxTokens { get; init; } = 8192;

    /// <summary>Makes the vector of one text or one picture; by default numbers seeded by the content's hash.</summary>
    public Func<AIContent, int, CancellationToken, Task<ReadOnlyMemory<float>>> Embed { get; init; } = SeededVectors.EmbedAsync;

    /// <summary>Answers one conversation; by default says how many words and pictures it was shown.</summary>
    public Func<FakeConversation, FakeReply> Reply { get; init; } = FakeReply.Describe;

    /// <summary>What batch jobs may be, and where their files lie.</summary>
    public FakeBatchOptions Batch { get; init; } = new();

    /// <summary>Least time from a request's arrival to a good answer that is no stream; errors are answered at once.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Says what befalls a call for which no fault was injected; by default nothing.</summary>
    public Func<BedrockFault?> NextFault { get; init; } = () => null;

    /// <summary>False where very many calls are made and nobody asks for <see cref="FakeBedrock.Calls"/>.</summary>
    public bool KeepsCalls { get; init; } = true;

    /// <summary>The server's clock, against which signatures expire.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
