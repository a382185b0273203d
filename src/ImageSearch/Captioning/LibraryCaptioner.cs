using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Pacing;
using ImageSearch.Vision;

namespace ImageSearch.Captioning;

/// <summary>
/// Has the pictures of a collection described, some at a time, and stores each description with its picture at once: a run that stops is
/// resumed by running again, and what was paid for is never paid for again. Where the provider takes no more calls for the moment, it waits and goes on.
/// </summary>
public sealed class LibraryCaptioner
{
    /// <summary>Most pictures that are described at once.</summary>
    internal const int AtOnce = 4;

    private readonly Captioner _captioner;
    private readonly IImageCollection _collection;
    private readonly Func<ImagePayload, CancellationToken, Task<ReadOnlyMemory<byte>>> _read;

    /// <param name="captioner">Describes pictures.</param>
    /// <param name="collection">Where they are; open for writing.</param>
    /// <param name="read">Reads their files; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where it cannot.</param>
    internal LibraryCaptioner(Captioner captioner, IImageCollection collection, Func<ImagePayload, CancellationToken, Task<ReadOnlyMemory<byte>>> read) =>
        (_captioner, _collection, _read) = (captioner, collection, read);

    /// <summary>How the model's calls come along.</summary>
    public CallPaceStatus Pace => _captioner.Pace;

    /// <summary>The ids of the pictures that pass the filter and are to be described, in the order of ids.</summary>
    public async Task<IReadOnlyList<Guid>> SelectAsync(ImageFilter filter, CaptionScope scope, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        await foreach (var point in _collection.ListAsync(filter, cancellationToken))
        {
            if (scope == CaptionScope.All || point.Payload.Caption is null)
            {
                ids.Add(point.Id);
            }
        }

        return ids;
    }

    /// <summary>What describing these pictures would take. Nothing is sent.</summary>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    public async Task<CaptionEstimate> EstimateAsync(IReadOnlyList<Guid> pictures, CancellationToken cancellationToken)
    {
        var kept = 0;
        foreach (var ids in pictures.Chunk(100))
        {
            kept += (await _collection.GetAsync(ids, VectorInclusion.Without, cancellationToken)).Count(point => _captioner.Kept(point.Payload.Sha256) is not null);
        }

        return new CaptionEstimate(_captioner.Model, pictures.Count, kept, _captioner.CostOf(pictures.Count - kept));
    }

    /// <summary>Describes these pictures; each result comes when it is stored.</summary>
    /// <exception cref="VisionException">
    /// No further picture can be described: a cap or the day's quota is reached, the provider refuses, or was away for two minutes. What was described is stored.
    /// </exception>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    /// <exception cref="CollectionException">The collection cannot be written.</exception>
    public async IAsyncEnumerable<CaptionResult> CaptionAsync(IReadOnlyList<Guid> pictures, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = Channel.CreateBounded<CaptionResult>(AtOnce);
        var running = RunAsync(pictures, results.Writer, leaving.Token);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken))
            {
                yield return result;
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await running;
        }
    }

    /// <summary>Ends without a failure of its own: the channel tells it to the reader.</summary>
    private async Task RunAsync(IReadOnlyList<Guid> pictures, ChannelWriter<CaptionResult> results, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await Parallel.ForEachAsync(
                pictures,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (id, stopping) =>
                {
                    if (await DescribeAsync(id, stopping) is { } result)
                    {
                        await results.WriteAsync(result, stopping);
                    }
                });
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _ = results.TryComplete(failure);
    }

    private async Task<CaptionResult?> DescribeAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await _collection.GetAsync([id], VectorInclusion.With, cancellationToken) is not [var point])
        {
            return null;
        }

        try
        {
            var kept = _captioner.Kept(point.Payload.Sha256);
            var caption = kept ?? await _captioner.DescribeAsync(await _read(point.Payload, cancellationToken), cancellationToken);
            var payload = CaptionedPayload.With(point.Payload, caption, _captioner.Model);
            await _collection.UpsertAsync([point with { Payload = payload }], cancellationToken);
            return new CaptionResult.Captioned(payload, caption, kept is not null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ImageFormatException || IsOfThePicture(failure))
        {
            return new CaptionResult.Failed(point.Payload, failure.Message);
        }
    }

    private static bool IsOfThePicture(Exception failure) =>
        failure is VisionException { IsTransient: false, Fault: VisionFault.Refused or VisionFault.UnusableAnswer or VisionFault.InputRejected or VisionFault.TimedOut };
}
