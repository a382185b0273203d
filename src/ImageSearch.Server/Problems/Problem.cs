using System.Text.Json;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Searching;

namespace ImageSearch.Server.Problems;

/// <summary>What is told of an exception.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What happened, with the value and the cure; null where that is nobody's business.</param>
/// <param name="Dependency">What is away; null where nothing is.</param>
/// <param name="RetryAfter">When to ask again; null where that is of no use.</param>
internal sealed record Problem(int Status, string? Detail, string? Dependency = null, TimeSpan? RetryAfter = null)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>What is told of the exception.</summary>
    public static Problem Of(Exception exception) => exception switch
    {
        QueryException => new(StatusCodes.Status400BadRequest, exception.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status503ServiceUnavailable } => new(StatusCodes.Status503ServiceUnavailable, exception.Message, RetryAfter: Soon),
        BadHttpRequestException { InnerException: JsonException json } => new(
            StatusCodes.Status400BadRequest, $"The body is not JSON of the form that is asked for{(json.Path is { } place ? $", at {place}" : "")}. The form is in /api/openapi.json."),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        IndexException index => Of(index),
        ImageLibraryException => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "libvips"),
        CollectionException => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "collection", Soon),
        EmbeddingException { Fault: EmbeddingFault.InputRejected } => new(StatusCodes.Status400BadRequest, exception.Message),
        EmbeddingException embedding => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "embedding", embedding.RetryAfter ?? Soon),
        _ => new(StatusCodes.Status500InternalServerError, null),
    };

    private static Problem Of(IndexException exception) => exception.Fault switch
    {
        IndexFault.LibraryUnknown => new(StatusCodes.Status404NotFound, exception.Message),
        IndexFault.LibraryLocked or IndexFault.RootMissing or IndexFault.MassDeletion or IndexFault.CostCapReached => new(StatusCodes.Status409Conflict, exception.Message),
        IndexFault.CollectionUnusable => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "collection", Soon),
        IndexFault.ProviderRefused or IndexFault.ProviderUnavailable => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "embedding", Soon),
        _ => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "library", Soon),
    };
}
