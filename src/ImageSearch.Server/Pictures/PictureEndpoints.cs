using System.Globalization;
using ImageSearch.Answers;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Server.Safety;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Server.Pictures;

/// <summary>Indexed pictures over HTTP, by the ids of their points and nothing else.</summary>
internal static class PictureEndpoints
{
    private const int HashDigits = 16;
    private const string ForEver = "private, max-age=31536000, immutable";
    private const string AskAgain = "private, no-cache";

    private static readonly string[] Head = [HttpMethods.Head];

    /// <summary><c>/pictures/{id}</c>: facts; below it <c>thumbnail</c> and <c>original</c>.</summary>
    public static void MapPictures(this IEndpointRouteBuilder routes)
    {
        var pictures = routes.MapGroup("/pictures/{id}").WithTags("Pictures");
        _ = pictures.MapGet("", FactsAsync).WithName("picture").WithSummary("The facts about an indexed picture.");
        _ = pictures.MapGet("/thumbnail", ThumbnailAsync).Transfers()
            .WithName("thumbnail").WithSummary("The picture made smaller, upright, as WebP: 160, 320, 640 or 1280 pixels on its longer side.").Produces<byte[]>(contentType: "image/webp");
        _ = pictures.MapGet("/original", OriginalAsync).Transfers()
            .WithName("original").WithSummary("The picture as it is, or made into WebP for those who cannot show its format.").Produces<byte[]>(contentType: "image/jpeg", additionalContentTypes: ["image/png", "image/webp", "image/gif", "image/tiff", "image/bmp", "image/heic", "image/avif"]);
        // The document names an operation once; asking for the headers alone is the same one.
        _ = pictures.MapMethods("/thumbnail", Head, ThumbnailAsync).Transfers().ExcludeFromDescription();
        _ = pictures.MapMethods("/original", Head, OriginalAsync).Transfers().ExcludeFromDescription();
    }

    private static async Task<Results<Ok<JsonPicture>, ProblemHttpResult>> FactsAsync(string id, ServedCollection served, CancellationToken cancellationToken) =>
        await PictureAsync(served, id, cancellationToken) is { } picture ? TypedResults.Ok(JsonPicture.Of(picture)) : Unknown(id);

    private static async Task<IResult> ThumbnailAsync(
        string id, int? size, string? v, ServedCollection served, Renditions renditions, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Rendition.Thumbnails.TryGetValue(size ?? 320, out var thumbnail))
        {
            return TypedResults.Problem(
                $"There are no thumbnails of {size} pixels. Ask for one of {string.Join(", ", Rendition.Thumbnails.Keys)}.", statusCode: StatusCodes.Status400BadRequest);
        }

        return await PictureAsync(served, id, cancellationToken) is { } picture
            ? await ShowAsync(picture, v, context, () => renditions.ThumbnailAsync(picture, thumbnail, cancellationToken))
            : Unknown(id);
    }

    private static async Task<IResult> OriginalAsync(
        string id, string? @as, string? v, ServedCollection served, OriginalPictures originals, HttpContext context, CancellationToken cancellationToken)
    {
        if (@as is not (null or "webp"))
        {
            return TypedResults.Problem($"Pictures are not made into \"{@as}\". Ask for as=webp, or for the picture as it is.", statusCode: StatusCodes.Status400BadRequest);
        }

        return await PictureAsync(served, id, cancellationToken) is { } picture
            ? await ShowAsync(picture, v, context, () => originals.OpenAsync(picture, asWebp: @as is not null, cancellationToken))
            : Unknown(id);
    }

    private static async Task<IResult> ShowAsync(ImagePayload picture, string? version, HttpContext context, Func<Task<ShownPicture?>> open)
    {
        try
        {
            if (await open() is not { } shown)
            {
                return TypedResults.Problem(
                    $"The file of {picture.Path} in library {picture.Library} is gone from disk. Mount its disk, or index the library again.",
                    statusCode: StatusCodes.Status404NotFound);
            }

            var isVersion = version?.Length >= HashDigits && picture.Sha256.StartsWith(version, StringComparison.Ordinal)
                && shown.Tag.StartsWith(picture.Sha256, StringComparison.Ordinal);
            context.Response.Headers.CacheControl = isVersion ? ForEver : AskAgain;
            context.Response.GetTypedHeaders().ContentDisposition = PictureName.Inline(picture.Path, shown.MediaType);
            return TypedResults.Stream(
                shown.Bytes, shown.MediaType, entityTag: new EntityTagHeaderValue($"\"{shown.Tag}\""), enableRangeProcessing: true);
        }
        catch (ImageFormatException refusal)
        {
            return TypedResults.Problem($"The picture cannot be shown: {refusal.Message}", statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not BadHttpRequestException))
        {
            return TypedResults.Problem(
                $"The file of {picture.Path} in library {picture.Library} cannot be read. Check its permissions and its disk.", statusCode: StatusCodes.Status404NotFound);
        }
    }

    private static async Task<ImagePayload?> PictureAsync(ServedCollection served, string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var point))
        {
            return null;
        }

        await using var lease = await served.BorrowAsync(cancellationToken);
        return await lease.Collection.GetAsync([point], VectorInclusion.Without, cancellationToken) is [var found] ? found.Payload : null;
    }

    private static ProblemHttpResult Unknown(string id) => TypedResults.Problem(
        Guid.TryParseExact(id, "D", out var point)
            ? string.Create(CultureInfo.InvariantCulture, $"There is no picture {point:D} in the collection.")
            : "Pictures are asked for by their ids, as searches give them.",
        statusCode: StatusCodes.Status404NotFound);
}
