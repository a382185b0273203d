using System.Text.Json;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Searching;
using ImageSearch.Spending;
using ImageSearch.Vision;

namespace ImageSearch.Server.Problems;

/// <summary>What is told of an exception.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What happened, with the value and the cure; null where that is nobody's business.</param>
/// <param name="Dependency">What is away; null where nothing is.</param>
/// <param name="RetryAfter">When to ask again; null where that is of no use.</param>
internal sealed record Problem(int Status, string? Detail, string? Dependency = null, TimeSpan? RetryAfter = null)
{
    private const string Vision = "vision";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>What is told of the exception.</summary>
    public static Problem Of(Exception exception) => exception switch
    {
        QueryException or QuestionException => new(StatusCodes.Status400BadRequest, exception.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status503ServiceUnavailable } => new(StatusCodes.Status503ServiceUnavailable, exception.Message, RetryAfter: Soon),
        BadHttpRequestException { InnerException: JsonException json } => new(
            StatusCodes.Status400BadRequest, $"The body is not JSON of the form that is asked for{(json.Path is { } place ? $", at {place}" : "")}. The form is in /api/openapi.json."),
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        IndexException index => Of(index),
        ImageLibraryException => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "libvips"),
        CollectionException => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "collection", Soon),
        EmbeddingException { Fault: EmbeddingFault.InputRejected } => new(StatusCodes.Status400BadRequest, exception.Message),
        EmbeddingException embedding => new(StatusCodes.Status503ServiceUnavailable, exception.Message, "embedding", embedding.RetryAfter ?? Soon),
        VisionException vision => Of(vision),
        VisionCacheException or SpendLedgerException => new(StatusCodes.Status503ServiceUnavailable, exception.Message, Vision),
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

    private static Problem Of(VisionException exception) => exception.Fault switch
    {
        VisionFault.InputRejected => new(StatusCodes.Status400BadRequest, exception.Message),
        VisionFault.CostCapReached => new(StatusCodes.Status402PaymentRequired, exception.Message),
        VisionFault.Refused => new(StatusCodes.Status422UnprocessableEntity, exception.Message),
        VisionFault.UnusableAnswer => new(StatusCodes.Status502BadGateway, exception.Message),
        VisionFault.TimedOut => new(StatusCodes.Status504GatewayTimeout, exception.Message),
        _ => new(StatusCodes.Status503ServiceUnavailable, exception.Message, Vision, exception.IsTransient ? Soon : null),
    };
}
