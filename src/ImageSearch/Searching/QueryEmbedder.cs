using System.Numerics.Tensors;
using System.Security.Cryptography;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using Microsoft.Extensions.AI;

namespace ImageSearch.Searching;

/// <summary>Makes one unit vector of the parts of a query: the sum of weight times unit vector, renormalised.</summary>
internal sealed class QueryEmbedder(
    IImageCollection collection, IEmbeddingGenerator<AIContent, Embedding<float>> generator, QueryPictureReader readPicture)
{
    private const int Remembered = 256;

    /// <summary>What excluded words count for where a judge confirms: enough to prefer pictures without, too little to lose what it should see.</summary>
    private const double WeightWhereJudged = -0.1;

    /// <summary>Stands before the hash of a picture where its vector is remembered; no text of a query has this character.</summary>
    private const char PictureMark = '\0';

    /// <summary>A sum shorter than this is rounding error: the parts have cancelled each other out.</summary>
    private const float LeastLength = 1e-4f;

    private readonly RecentVectors _recent = new(Remembered);

    public async Task<QueryMeaning> EmbedAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        if (query.Parts.Count == 0)
        {
            return QueryMeaning.None;
        }

        if (query.Parts.All(part => part.Weight < 0))
        {
            throw new QueryException("The query only says what the pictures are not like.", "Add words or a picture to search for.");
        }

        var excluded = QueryWords.Excluded(query.Filter);
        IReadOnlyList<QueryPart> parts = excluded.Length == 0 ? query.Parts : [.. query.Parts, new QueryPart.Text(excluded, query.IsJudged ? WeightWhereJudged : -1)];
        var embedded = await Task.WhenAll(parts.Select(part => EmbedAsync(part, cancellationToken)));
        return new QueryMeaning(
            Sum(parts, embedded),
            embedded.Select(part => part.Content).OfType<string>().ToHashSet(),
            embedded.SelectMany(part => part.Points).ToHashSet());
    }

    private static ReadOnlyMemory<float>? Sum(IReadOnlyList<QueryPart> parts, EmbeddedPart[] embedded)
    {
        var sum = new float[embedded[0].Vector.Length];
        foreach (var (part, vector) in parts.Zip(embedded, (part, embedding) => (part, embedding.Vector)))
        {
            TensorPrimitives.MultiplyAdd(vector, (float)part.Weight, sum, sum);
        }

        var length = TensorPrimitives.Norm<float>(sum);
        if (length >= LeastLength)
        {
            TensorPrimitives.Divide(sum, length, sum);
            return sum;
        }

        return embedded.All(part => TensorPrimitives.Norm<float>(part.Vector) < LeastLength)
            ? null
            : throw new QueryException("The parts of the query cancel each other out.", "Change a weight, or leave one of them out.");
    }

    private async Task<EmbeddedPart> EmbedAsync(QueryPart part, CancellationToken cancellationToken) => part switch
    {
        QueryPart.Text text => new EmbeddedPart(await RecallAsync(text.Words, () => new TextContent(text.Words), cancellationToken), null, []),
        QueryPart.Picture picture => await EmbedPictureAsync(picture.Path, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private async Task<float[]> RecallAsync(string key, Func<AIContent> content, CancellationToken cancellationToken)
    {
        if (_recent.Find(key) is { } known)
        {
            return known;
        }

        var vector = await GenerateAsync(content(), cancellationToken);
        _recent.Add(key, vector);
        return vector;
    }

    private async Task<EmbeddedPart> EmbedPictureAsync(string path, CancellationToken cancellationToken)
    {
        var picture = await readPicture(path, cancellationToken);
        if (picture.Bytes is not { } bytes)
        {
            var stored = await collection.GetAsync(picture.Points, VectorInclusion.With, cancellationToken);
            return stored is [var point, ..]
                ? new EmbeddedPart(point.Vector.ToArray(), point.Payload.Sha256, picture.Points)
                : throw new QueryException(
                    $"There is no picture '{QueryException.Shorten(path)}'.", "Name a file, or the path of an indexed picture as hits show it.");
        }

        try
        {
            var mediaType = ImageIdentifier.Identify(bytes.Span, ImageLimits.Default).MediaType;
            var content = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
            var vector = await RecallAsync(PictureMark + content, () => EmbeddingInput.Picture(bytes, mediaType), cancellationToken);
            return new EmbeddedPart(vector, content, picture.Points);
        }
        catch (ImageFormatException exception)
        {
            throw new QueryException(
                $"'{QueryException.Shorten(path)}' is no picture to search by: {exception.Message}", "Name another one.", exception);
        }
    }

    private async Task<float[]> GenerateAsync(AIContent content, CancellationToken cancellationToken)
    {
        var embeddings = await generator.GenerateAsync([content], EmbeddingInput.For(EmbeddingRole.Query), cancellationToken);
        var vector = embeddings is [var only]
            ? only.Vector.ToArray()
            : throw new InvalidOperationException($"The embedding generator answered one question with {embeddings.Count} vectors.");
        if (vector.Length != collection.Fingerprint.Dimension)
        {
            throw new CollectionException(
                CollectionFault.FingerprintMismatch,
                $"The query was embedded in {vector.Length} dimensions, but the collection holds {collection.Fingerprint}. Search with the model that made the collection.");
        }

        var length = TensorPrimitives.Norm<float>(vector);
        if (length >= LeastLength)
        {
            TensorPrimitives.Divide(vector, length, vector);
        }

        return vector;
    }

    private sealed record EmbeddedPart(float[] Vector, string? Content, IReadOnlyList<Guid> Points);
}
