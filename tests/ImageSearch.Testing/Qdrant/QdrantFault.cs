using System.Text.Json.Serialization;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Something that goes wrong on demand. In JSON the member <c>kind</c> names the case.</summary>
[JsonDerivedType(typeof(Error), nameof(Error))]
[JsonDerivedType(typeof(Answer), nameof(Answer))]
[JsonDerivedType(typeof(Drop), nameof(Drop))]
[JsonDerivedType(typeof(Hang), nameof(Hang))]
[JsonDerivedType(typeof(Slow), nameof(Slow))]
[JsonDerivedType(typeof(Cut), nameof(Cut))]
[JsonDerivedType(typeof(WaitTimeout), nameof(WaitTimeout))]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
public abstract record QdrantFault
{
    private QdrantFault()
    {
    }

    /// <summary>How many calls it befalls; the default is one.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many calls that it could befall go well before.</summary>
    public int After { get; init; }

    /// <summary>The operation that it befalls, by its name in the OpenAPI document (<c>upsert_points</c>), or null for any.</summary>
    public string? Operation { get; init; }

    /// <summary>True to befall only what changes the stored data.</summary>
    public bool OnlyWrites { get; init; }

    /// <summary>More calls than the server takes: with the seconds to wait, or without, when the one request is too much by itself.</summary>
    public static Error RateLimited(int? retryAfterSeconds) =>
        new(429, "Rate limiting exceeded: Write rate limit exceeded", retryAfterSeconds?.ToString());

    /// <summary>Every write is refused for want of disk by the server's quota (507), until the faults are cleared.</summary>
    public static Error QuotaExceeded { get; } =
        new(507, "Insufficient storage: Disk usage exceeds the configured quota") { Times = int.MaxValue, OnlyWrites = true };

    /// <summary>Every write fails for want of disk (500), until the faults are cleared.</summary>
    public static Error DiskFull { get; } =
        new(500, "Service internal error: No space left on device: WAL buffer size exceeds available disk space") { Times = int.MaxValue, OnlyWrites = true };

    /// <summary>The shard has no replica that answers.</summary>
    public static Error Unavailable { get; } = new(503, "Shard temporarily unavailable: The replica set for shard 0 on peer 1 has no active replica");

    /// <summary>An error of the server in its usual form; the operation is not applied.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Message">The text.</param>
    /// <param name="RetryAfter">The value of a <c>Retry-After</c> header.</param>
    public sealed record Error(int Status, string Message, string? RetryAfter = null) : QdrantFault;

    /// <summary>Any answer at all, in place of the operation: a proxy's page, an empty body.</summary>
    public sealed record Answer(int Status, string ContentType, string Body) : QdrantFault;

    /// <summary>The connection is reset, before the operation or after it was applied.</summary>
    public sealed record Drop(bool Applied) : QdrantFault;

    /// <summary>No answer comes until the client leaves; the operation is not applied.</summary>
    public sealed record Hang : QdrantFault;

    /// <summary>The operation begins so many milliseconds of the server's clock later.</summary>
    public sealed record Slow(int Milliseconds) : QdrantFault;

    /// <summary>The operation is applied, and its answer stops after so many bytes with a reset.</summary>
    public sealed record Cut(int Bytes) : QdrantFault;

    /// <summary>The operation is applied, but the answer says that the time to wait for it was over.</summary>
    public sealed record WaitTimeout : QdrantFault;
}
