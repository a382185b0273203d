using ImageSearch.Imaging;
using Microsoft.Extensions.AI;

namespace ImageSearch.Embedding;

/// <summary>
/// Hands on pictures as the model takes them: upright, within its pixels and bytes, in one of its formats. A picture that is all that
/// already goes on untouched; any other is encoded anew as JPEG, without metadata. Texts pass through. Safe for many threads.
/// </summary>
/// <param name="inner">Makes the vectors.</param>
/// <param name="model">What the model takes.</param>
/// <param name="limits">What pictures may measure at all.</param>
public sealed class FittingEmbeddingGenerator(
    IEmbeddingGenerator<AIContent, Embedding<float>> inner, FittingLimits model, ImageLimits limits)
    : DelegatingEmbeddingGenerator<AIContent, Embedding<float>>(inner)
{
    // Callers are as many as the calls that wait for a provider; decoding keeps the processors busy with fewer.
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">A picture is refused; the whole call fails.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var contents = values.ToArray();
        if (contents is [var only])
        {
            return await base.GenerateAsync([only is DataContent alone ? await FittedAsync(alone, cancellationToken) : only], options, cancellationToken);
        }

        await Parallel.ForAsync(
            0,
            contents.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (at, stopping) => contents[at] = contents[at] is DataContent picture ? await FittedAsync(picture, stopping) : contents[at]);
        return await base.GenerateAsync(contents, options, cancellationToken);
    }

    /// <summary>One picture as the model takes it: itself, where it is that already.</summary>
    /// <exception cref="ImageFormatException">It is refused.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    internal static DataContent Fitted(DataContent picture, FittingLimits model, ImageLimits limits, CancellationToken cancellationToken)
    {
        if (IsFit(picture, model, limits))
        {
            return picture;
        }

        var fitted = ImageFitter.Fit(picture.Data, new FitOptions { MaxSide = model.MaxSide, MaxBytes = model.MaxBytes }, limits, cancellationToken);
        return new DataContent(fitted.Bytes, fitted.MediaType) { AdditionalProperties = picture.AdditionalProperties };
    }

    private static bool IsFit(DataContent picture, FittingLimits model, ImageLimits limits) =>
        model.Allow(ImageIdentifier.Identify(picture.Data.Span, limits), picture.Data.Length);

    private async Task<DataContent> FittedAsync(DataContent picture, CancellationToken cancellationToken)
    {
        if (IsFit(picture, model, limits))
        {
            return picture;
        }

        await _turns.WaitAsync(cancellationToken);
        try
        {
            return Fitted(picture, model, limits, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }
}
