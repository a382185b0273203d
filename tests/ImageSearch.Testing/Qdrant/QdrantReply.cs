using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant;

/// <summary>What the server answers with when all is well.</summary>
internal abstract record QdrantReply
{
    private QdrantReply()
    {
    }

    /// <summary>A result in the usual envelope.</summary>
    public sealed record Result(JsonNode Value) : QdrantReply;

    /// <summary>The work goes on behind the answer.</summary>
    public sealed record Accepted : QdrantReply;

    /// <summary>JSON without an envelope.</summary>
    public sealed record Bare(JsonNode Value) : QdrantReply;

    public sealed record Text(string Value) : QdrantReply;

    public sealed record Download(string Path) : QdrantReply;
}
