using System.Numerics.Tensors;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using Microsoft.Extensions.AI;

namespace ImageSearch.Indexing;

/// <summary>The embed stage: a picture that was read becomes a point.</summary>
/// <param name="library">Name of the library.</param>
/// <param name="collection">Where the point will go.</param>
/// <param name="generator">Makes the vectors.</param>
/// <param name="journal">Where files in work are noted.</param>
/// <param name="time">The clock.</param>
internal sealed class PictureEmbedder(
    string library,
    IImageCollection collection,
    IEmbeddingGenerator<AIContent, Embedding<float>> generator,
    InFlightJournal journal,
    TimeProvider time)
{
    private static readonly EmbeddingGenerationOptions AsDocument = EmbeddingInput.For(EmbeddingRole.Document);

    /// <param name="picture">The picture.</param>
    /// <param name="slot">The worker's slot in the journal.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <exception cref="IndexException">The provider refused, or gave what is no vector of this collection.</exception>
    public async Task<IndexOutcome> EmbedAsync(PictureReading.Picture picture, int slot, CancellationToken cancellationToken)
    {
        var (job, file) = (picture.Job, picture.File);
        try
        {
            using var mark = journal.Begin(slot, new InFlightFile(job.Path, file.Stamp, job.Alone));
            var content = EmbeddingInput.Picture(file.Bytes, picture.MediaType, picture.Payload.Words, file.Sha256);

            // A process that is killed while it waits for a provider, be it for minutes, did not die of the picture.
            EmbeddingInput.WhenSent(content, mark.Dispose);
            var embedding = (await generator.GenerateAsync([content], AsDocument, cancellationToken)).Single();
            var point = new ImagePoint(PointId.Of(library, job.Path), UnitVector(embedding.Vector), picture.Payload);
            var change = job.Known is { State: LedgerState.Indexed } ? IndexChange.Changed : IndexChange.New;
            return IndexOutcome.Indexed(job, file, point, change, embedded: !EmbeddingInput.IsCached(embedding));
        }
        catch (ImageFormatException refusal)
        {
            return IndexOutcome.Refused(job, file.Stamp, file.ReadAt, file.Sha256, refusal);
        }
        catch (EmbeddingException failure) when (failure.Fault == EmbeddingFault.InputRejected)
        {
            var refusal = new ImageFormatException(ImageRefusal.RejectedByModel, failure.Message, failure);
            return IndexOutcome.Refused(job, file.Stamp, file.ReadAt, file.Sha256, refusal);
        }
        catch (EmbeddingException failure)
        {
            var fault = failure.Fault == EmbeddingFault.CostCapReached ? IndexFault.CostCapReached
                : failure.IsTransient || failure.Fault == EmbeddingFault.QuotaExhausted ? IndexFault.ProviderUnavailable
                : IndexFault.ProviderRefused;
            throw new IndexException(fault, $"{failure.Message} The run stopped; run again to go on from here.", failure);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or IndexException or ImageLibraryException))
        {
            throw new IndexException(
                IndexFault.ProviderRefused, $"The embedding provider refused: {failure.Message} The run stopped; run again to go on from here.", failure);
        }
    }

    /// <summary>Writes the point of a picture again whose content has not changed; null when the collection has lost it.</summary>
    public async Task<IndexOutcome?> TouchAsync(PictureReading.SameContent same, CancellationToken cancellationToken)
    {
        var (job, file, known) = (same.Job, same.File, same.Job.Known!);
        if (known.Stamp.Modified == file.Stamp.Modified)
        {
            // Only read again to be sure; the payload holds nothing that differs.
            return new IndexOutcome(known with { Stamp = file.Stamp, ReadAt = file.ReadAt }, new IndexResult.Unchanged(job.Path));
        }

        var stored = await collection.GetAsync([PointId.Of(library, job.Path)], VectorInclusion.With, cancellationToken);
        return stored is [var point]
            ? IndexOutcome.Indexed(
                job, file, point with { Payload = PictureFacts.Touched(point.Payload, file.Stamp, time) }, IndexChange.Touched, embedded: false)
            : null;
    }

    private ReadOnlyMemory<float> UnitVector(ReadOnlyMemory<float> vector)
    {
        var dimension = collection.Fingerprint.Dimension;
        var length = vector.Length == dimension ? TensorPrimitives.Norm(vector.Span) : float.NaN;
        if (!float.IsFinite(length) || length < 1e-6f)
        {
            throw new IndexException(
                IndexFault.ProviderRefused,
                $"The embedding provider gave {vector.Length} numbers of length {length} where a vector of {dimension} was expected. " +
                "Check that the model's dimension is that of the collection.");
        }

        var unit = new float[dimension];
        TensorPrimitives.Divide(vector.Span, length, unit);
        return unit;
    }
}
