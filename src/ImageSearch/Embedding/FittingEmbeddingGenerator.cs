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
    // Callers have a width of their own; a batch only keeps a second core busy.
    private const int PicturesAtOnce = 2;

    private readonly FitOptions _options = new() { MaxSide = model.MaxSide, MaxBytes = model.MaxBytes };

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">A picture is refused; the whole call fails.</exception>
    /// <exception cref="ImageLibraryException">libvips is not installed.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<AIContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var contents = values.ToArray();
        await Parallel.ForAsync(
            0,
            contents.Length,
            new ParallelOptions { MaxDegreeOfParallelism = PicturesAtOnce, CancellationToken = cancellationToken },
            (at, stopping) =>
            {
                contents[at] = contents[at] is DataContent picture ? Fitted(picture, stopping) : contents[at];
                return ValueTask.CompletedTask;
            });
        return await base.GenerateAsync(contents, options, cancellationToken);
    }

    private DataContent Fitted(DataContent picture, CancellationToken cancellationToken)
    {
        var info = ImageIdentifier.Identify(picture.Data.Span, limits);
        if (model.Allow(info, picture.Data.Length))
        {
            return picture;
        }

        var fitted = ImageFitter.Fit(picture.Data, _options, limits, cancellationToken);
        return new DataContent(fitted.Bytes, FittedImage.MediaType) { AdditionalProperties = picture.AdditionalProperties };
    }
}
