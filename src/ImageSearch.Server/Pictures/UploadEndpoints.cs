using ImageSearch.Imaging;
using ImageSearch.Server.Safety;
using Microsoft.AspNetCore.Mvc;

namespace ImageSearch.Server.Pictures;

/// <summary>Pictures to search by, over HTTP: sent, or fetched from an address.</summary>
internal static class UploadEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary><c>POST /uploads</c> and <c>POST /uploads/from-url</c>.</summary>
    public static void MapUploads(this IEndpointRouteBuilder routes, ImageLimits limits)
    {
        _ = routes.MapPost("/uploads", UploadAsync).Transfers(Patience).WithMetadata(new RequestSizeLimitAttribute(limits.MaxBytes + UploadBody.FormBytes))
            .WithTags("Uploads").WithName("upload").WithSummary("Keeps a picture for a day to search by. The body is its bytes, or a form with them.")
            .Produces<UploadedPicture>(StatusCodes.Status201Created);
        _ = routes.MapPost("/uploads/from-url", FetchAsync).Transfers(Patience)
            .WithTags("Uploads").WithName("uploadFromUrl").WithSummary("The same with a picture that the server fetches, where it is set to.")
            .Produces<UploadedPicture>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> UploadAsync(
        HttpRequest request, UploadedPictures uploads, UploadGate gate, ImageLimits limits, CancellationToken cancellationToken)
    {
        using var turn = gate.Enter();
        return await KeepAsync(uploads, await UploadBody.ReadAsync(request, limits.MaxBytes, cancellationToken), cancellationToken);
    }

    private static async Task<IResult> FetchAsync(
        PictureAddress address, UploadedPictures uploads, UploadGate gate, RemotePictures remote, PictureOptions options, CancellationToken cancellationToken)
    {
        if (!options.FetchUrls)
        {
            return TypedResults.Problem(
                "This server fetches no pictures from addresses. Upload the picture, or set Server:FetchUrls.", statusCode: StatusCodes.Status403Forbidden);
        }

        using var turn = gate.Enter();
        return await KeepAsync(uploads, await remote.FetchAsync(address.Url, cancellationToken), cancellationToken);
    }

    private static async Task<IResult> KeepAsync(UploadedPictures uploads, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Created((string?)null, await uploads.AddAsync(bytes, cancellationToken));
        }
        catch (ImageFormatException refusal)
        {
            var isTooLarge = refusal.Refusal == ImageRefusal.TooLarge;
            return TypedResults.Problem(refusal.Message, statusCode: isTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity);
        }
    }
}
