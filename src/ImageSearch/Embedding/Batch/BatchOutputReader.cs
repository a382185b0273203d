using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.Runtime;

namespace ImageSearch.Embedding.Batch;

/// <summary>
/// Reads a job's output line by line. A line repeats the picture that was sent, so the file is as large as the input: it is never held
/// whole, and where the connection breaks it is read on from the last whole line.
/// </summary>
internal sealed class BatchOutputReader(BatchStorage storage, TimeProvider time)
{
    private const int LongestLine = 64 << 20;
    private const int MostFailures = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>The records of an output file, in whatever order they lie; none where there is no file.</summary>
    /// <exception cref="BatchException">It cannot be read.</exception>
    public async IAsyncEnumerable<BatchOutput> ReadAsync(S3Location location, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (offset, tag, failures) = (0L, (string?)null, 0);
        while (true)
        {
            using var answer = await storage.OpenAsync(location, name, offset, tag, cancellationToken);
            if (answer is null)
            {
                yield break;
            }

            tag = answer.ETag;
            var reader = PipeReader.Create(answer.ResponseStream, new StreamPipeReaderOptions(bufferSize: 1 << 18));
            OutputLine line;
            while ((line = await NextAsync(reader, cancellationToken)).Bytes is { } bytes)
            {
                (offset, failures) = (offset + bytes.Length + 1, 0);
                if (Parse(bytes) is { } output)
                {
                    yield return output;
                }
            }

            if (line.Failure is null)
            {
                yield break;
            }

            if (++failures == MostFailures)
            {
                throw new BatchException(
                    $"Reading {location.UriOf(name)} broke off {MostFailures} times after {offset:N0} bytes: {line.Failure.Message} Run the same command again.", line.Failure);
            }

            await Task.Delay(FirstWait * Math.Pow(2, failures - 1), time, cancellationToken);
        }
    }

    // A line that is no record belongs to no picture; the picture that it was meant for is then missing, and said to be.
    private static BatchOutput? Parse(byte[] line)
    {
        try
        {
            return line.Length > 0 ? JsonSerializer.Deserialize(line, BatchJson.Default.BatchOutput) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<OutputLine> NextAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await NextLineAsync(reader, either.Token);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new OutputLine(null, failure);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or AmazonClientException)
        {
            return new OutputLine(null, failure);
        }
    }

    private static async Task<OutputLine> NextLineAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        var searched = 0L;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(buffer.GetPosition(1, end));
                return new OutputLine(line, null);
            }

            if (result.IsCompleted)
            {
                var rest = buffer.ToArray();
                reader.AdvanceTo(buffer.End);
                return new OutputLine(rest.Length > 0 ? rest : null, null);
            }

            searched = buffer.Length;
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (searched > LongestLine)
            {
                throw new BatchException($"The output of the job holds a line of more than {LongestLine:N0} bytes, which is none of its records.");
            }
        }
    }

    /// <summary>A line; without bytes, the end, or what broke the reading off.</summary>
    private readonly record struct OutputLine(byte[]? Bytes, Exception? Failure);
}
