using System.Security.Cryptography;
using ImageSearch.Collections;
using ImageSearch.Imaging;

namespace ImageSearch.Server.Pictures;

/// <summary>Pictures in their own size: without metadata, unless places may be served; then the files as they are.</summary>
internal sealed class OriginalPictures(PictureFiles files, Renditions renditions, PictureOptions options)
{
    /// <summary>Opens a picture; null when its file is not there.</summary>
    /// <exception cref="ImageFormatException">It cannot be shown.</exception>
    public Task<ShownPicture?> OpenAsync(ImagePayload picture, bool asWebp, CancellationToken cancellationToken) =>
        asWebp ? renditions.OriginalAsync(picture, Rendition.Full, cancellationToken)
        : options.ServePlaces ? OpenFileAsync(picture, cancellationToken)
        : renditions.OriginalAsync(picture, Rendition.Bare, cancellationToken);

    private async Task<ShownPicture?> OpenFileAsync(ImagePayload picture, CancellationToken cancellationToken)
    {
        if (files.Find(picture) is not { } found)
        {
            return null;
        }

        var sha256 = found.IsAsIndexed ? picture.Sha256 : await HashAsync(found.Path, cancellationToken);
        var file = Open(found.Path);
        return new ShownPicture(file, sha256, EncodedPicture.MediaTypeOf(file) ?? OtherMediaTypeOf(picture));
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private static FileStream Open(string path) =>
        new(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous });

    // Formats that browsers do not show by their bytes: what was indexed says which.
    private static string OtherMediaTypeOf(ImagePayload picture) =>
        Enum.TryParse<ImageFormat>(picture.Format, ignoreCase: true, out var format) ? ImageInfo.MediaTypeOf(format) : "application/octet-stream";
}
