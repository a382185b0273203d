using System.Text.Json.Serialization;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Something that goes wrong on demand. In JSON the member <c>kind</c> names the case.</summary>
[JsonDerivedType(typeof(Error), nameof(Error))]
[JsonDerivedType(typeof(Answer), nameof(Answer))]
[JsonDerivedType(typeof(Reset), nameof(Reset))]
[JsonDerivedType(typeof(Hang), nameof(Hang))]
[JsonDerivedType(typeof(Cut), nameof(Cut))]
[JsonDerivedType(typeof(Stall), nameof(Stall))]
[JsonDerivedType(typeof(StreamException), nameof(StreamException))]
[JsonDerivedType(typeof(StreamError), nameof(StreamError))]
[JsonDerivedType(typeof(StreamUnknownEvent), nameof(StreamUnknownEvent))]
[JsonDerivedType(typeof(StreamCorrupt), nameof(StreamCorrupt))]
[JsonDerivedType(typeof(StreamOversized), nameof(StreamOversized))]
[JsonDerivedType(typeof(StreamPause), nameof(StreamPause))]
[JsonDerivedType(typeof(StreamEnd), nameof(StreamEnd))]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
public abstract record BedrockFault
{
    private BedrockFault()
    {
    }

    /// <summary>How many calls it befalls; the default is one.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The operation it befalls, or null for any.</summary>
    public string? Operation { get; init; }

    /// <summary>An error of the service in its usual form.</summary>
    /// <param name="Type">The error's type, for example <c>ThrottlingException</c>.</param>
    /// <param name="Message">Its text.</param>
    /// <param name="RetryAfter">The value of a <c>Retry-After</c> header; the real service sends none.</param>
    /// <param name="TypeInBody">True to name the type in the body's <c>__type</c> instead of the header.</param>
    public sealed record Error(string Type, string Message, string? RetryAfter = null, bool TypeInBody = false) : BedrockFault;

    /// <summary>Any answer at all: a proxy's HTML page, a vector of the wrong length.</summary>
    public sealed record Answer(int Status, string ContentType, string Body) : BedrockFault;

    /// <summary>The connection is reset before an answer.</summary>
    public sealed record Reset : BedrockFault;

    /// <summary>No answer comes until the client leaves.</summary>
    public sealed record Hang : BedrockFault;

    /// <summary>The answer's body stops after so many bytes: with a reset, or with an end that looks regular.</summary>
    public sealed record Cut(int Bytes, bool WithReset) : BedrockFault;

    /// <summary>The answer's body stops after so many bytes, and nothing more comes until the client leaves.</summary>
    public sealed record Stall(int Bytes) : BedrockFault;

    /// <summary>A modelled exception in the stream, for example <c>throttlingException</c>; the stream then ends.</summary>
    public sealed record StreamException(int AfterEvents, string Type, string Message) : BedrockFault;

    /// <summary>A frame of the message type <c>error</c>; the stream then ends.</summary>
    public sealed record StreamError(int AfterEvents, string Code, string Message) : BedrockFault;

    /// <summary>An event that no client knows yet, between the others.</summary>
    public sealed record StreamUnknownEvent(int AfterEvents) : BedrockFault;

    /// <summary>A frame whose last byte, part of its checksum, is wrong.</summary>
    public sealed record StreamCorrupt(int AfterEvents) : BedrockFault;

    /// <summary>A frame whose prelude, with a right checksum, promises two gigabytes.</summary>
    public sealed record StreamOversized(int AfterEvents) : BedrockFault;

    /// <summary>The stream ends after so many whole frames, as if that were all.</summary>
    public sealed record StreamEnd(int AfterEvents) : BedrockFault;

    /// <summary>The stream waits until <see cref="FakeBedrock.Resume"/> is called or the client leaves.</summary>
    public sealed record StreamPause(int AfterEvents) : BedrockFault;
}
