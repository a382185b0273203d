using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Amazon.Runtime.EventStreams;

namespace ImageSearch.Bedrock;

/// <summary>
/// Reads the frames of <c>application/vnd.amazon.eventstream</c>. The Core's own stream ends quietly where a frame is cut, trusts any
/// length and hides a cancellation; this one ends only between two frames.
/// </summary>
internal static class EventStreamReader
{
    public const string MediaType = "application/vnd.amazon.eventstream";

    private const int PreludeBytes = 12;
    private const int SmallestFrame = 16;
    // The service's largest payload part is 1,000,000 bytes, as base64 in JSON.
    private const int LargestFrame = 16 << 20;

    /// <summary>The frames in order, each with both checksums verified.</summary>
    /// <exception cref="BedrockException">The stream was cut, corrupt, or silent for <paramref name="idleTimeout"/>.</exception>
    public static async IAsyncEnumerable<EventStreamMessage> ReadAsync(
        Stream stream, TimeSpan idleTimeout, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ReadFrameAsync(stream, idleTimeout, time, cancellationToken) is { } frame)
        {
            yield return frame;
        }
    }

    private static async Task<EventStreamMessage?> ReadFrameAsync(
        Stream stream, TimeSpan idleTimeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(idleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            return await ReadFrameAsync(stream, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Broken($"The stream was silent for {idleTimeout.TotalSeconds:0.#} seconds.", exception);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Broken("The stream broke off before the answer was whole.", exception);
        }
    }

    private static async Task<EventStreamMessage?> ReadFrameAsync(Stream stream, CancellationToken cancellationToken)
    {
        var prelude = new byte[PreludeBytes];
        var read = await stream.ReadAtLeastAsync(prelude, PreludeBytes, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        if (read < PreludeBytes)
        {
            throw new EndOfStreamException("The stream ended inside a frame.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prelude);
        if (length is < SmallestFrame or > LargestFrame)
        {
            throw new InvalidDataException($"A frame claims to be {length} bytes long.");
        }

        var frame = new byte[length];
        prelude.CopyTo(frame, 0);
        await stream.ReadExactlyAsync(frame.AsMemory(PreludeBytes), cancellationToken);
        return Parse(frame);
    }

    private static EventStreamMessage Parse(byte[] frame)
    {
        try
        {
            return EventStreamMessage.FromBuffer(frame, 0, frame.Length);
        }
        catch (Exception exception)
        {
            // The Core reads the headers before it verifies their checksum: damaged ones end in any exception at all.
            throw new InvalidDataException("A frame is damaged.", exception);
        }
    }

    private static BedrockException Broken(string message, Exception cause) => new(message, cause) { IsTransient = true };
}
