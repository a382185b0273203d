using System.Security.Cryptography;
using ImageSearch.Collections;
using ImageSearch.Imaging;

namespace ImageSearch.Server.Pictures;

/// <summary>
/// Pictures in the forms in which they are shown. Each is made once, by one of those who ask for it, and kept on disk by the hash of
/// what it shows; only so many are made at once that searches keep a processor. Safe for many threads.
/// </summary>
internal sealed class Renditions(
    ImageSearchHome home, PictureFiles files, PictureOptions options, ImageLimits limits, ILogger<Renditions> logger) : IDisposable
{
    private readonly DiskCache _cache = new(Path.Join(home.Folder, "renditions"), options.CacheBytes);
    private readonly KeyedLock _making = new();
    private readonly SemaphoreSlim _makers = new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>A small picture: of the content that was indexed, even while its file is away, or else of what lies there now.</summary>
    /// <returns>Null when there is neither.</returns>
    /// <exception cref="ImageFormatException">It cannot be shown.</exception>
    public async Task<ShownPicture?> ThumbnailAsync(ImagePayload picture, Rendition thumbnail, CancellationToken cancellationToken) =>
        Kept(picture.Sha256, thumbnail)
        ?? (files.Find(picture) is { } file ? await OfAsync(picture, file, thumbnail, cancellationToken) : null);

    /// <summary>The picture in its own size; null when its file is not there.</summary>
    /// <exception cref="ImageFormatException">It cannot be shown.</exception>
    public async Task<ShownPicture?> OriginalAsync(ImagePayload picture, Rendition rendition, CancellationToken cancellationToken)
    {
        if (files.Find(picture) is not { } file)
        {
            return null;
        }

        return (file.IsAsIndexed ? Kept(picture.Sha256, rendition) : null) ?? await OfAsync(picture, file, rendition, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _makers.Dispose();

    private async Task<ShownPicture> OfAsync(ImagePayload picture, PictureFile file, Rendition rendition, CancellationToken cancellationToken)
    {
        using var turn = await _making.EnterAsync($"{file.Path}\n{rendition.Name}", cancellationToken);
        return (file.IsAsIndexed ? Kept(picture.Sha256, rendition) : null) ?? await MakeAsync(file, rendition, cancellationToken);
    }

    private async Task<ShownPicture> MakeAsync(PictureFile file, Rendition rendition, CancellationToken cancellationToken)
    {
        await _makers.WaitAsync(cancellationToken);
        try
        {
            if (file.Bytes > limits.MaxBytes)
            {
                throw new ImageFormatException(ImageRefusal.TooLarge, $"The file has {file.Bytes:N0} bytes; the limit is {limits.MaxBytes:N0}.");
            }

            var bytes = await File.ReadAllBytesAsync(file.Path, cancellationToken);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (Kept(sha256, rendition) is { } kept)
            {
                return kept;
            }

            var made = await Task.Run(() => rendition.Make(bytes, limits, cancellationToken), cancellationToken);
            await KeepAsync(NameOf(sha256, rendition), made, cancellationToken);
            return Kept(sha256, rendition)
                ?? new ShownPicture(new MemoryStream(made.ToArray(), writable: false), NameOf(sha256, rendition), EncodedPicture.MediaTypeOf(made.Span)!);
        }
        finally
        {
            _ = _makers.Release();
        }
    }

    private async Task KeepAsync(string name, ReadOnlyMemory<byte> made, CancellationToken cancellationToken)
    {
        try
        {
            await _cache.WriteAsync(name, made, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is made again the next time: a full disk is no reason not to show a picture.
            logger.NotKept(name, failure.Message);
        }
    }

    private ShownPicture? Kept(string sha256, Rendition rendition) =>
        _cache.Open(NameOf(sha256, rendition)) is { } file
            ? new ShownPicture(file, NameOf(sha256, rendition), EncodedPicture.MediaTypeOf(file)!)
            : null;

    private static string NameOf(string sha256, Rendition rendition) => $"{sha256}-{rendition.Name}";
}
