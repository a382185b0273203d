using System.Security.Cryptography;
using ImageSearch.Imaging;

namespace ImageSearch.Server.Pictures;

/// <summary>
/// Pictures that were uploaded, on disk by the hash of their bytes: for a day, and bounded in number and bytes, the oldest first to
/// go. They are never served, only searched by. Safe for many threads.
/// </summary>
internal sealed class UploadedPictures(string folder, long capacity, ImageLimits limits, TimeProvider time)
{
    private const int MostPictures = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();

    /// <summary>The bytes of an uploaded picture; null when there is none, or no longer.</summary>
    /// <param name="sha256">Its name, as <see cref="AddAsync"/> gave it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string sha256, CancellationToken cancellationToken)
    {
        if (!IsHash(sha256))
        {
            return null;
        }

        var file = new FileInfo(Path.Join(folder, sha256));
        try
        {
            // Not a conditional expression: in one, null would become an empty memory.
            if (!file.Exists || IsOver(file))
            {
                return null;
            }

            return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps a picture.</summary>
    /// <exception cref="ImageFormatException">The bytes are no picture, or one beyond the limits.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<UploadedPicture> AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var info = ImageIdentifier.Identify(bytes.Span, limits);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var path = Path.Join(folder, sha256);
        _ = Directory.CreateDirectory(folder);

        // Written beside and renamed: two uploads of the same picture write the same bytes.
        var unfinished = Path.Join(folder, $".{Guid.CreateVersion7(time.GetUtcNow()):N}");
        try
        {
            await File.WriteAllBytesAsync(unfinished, bytes, cancellationToken);
            File.SetLastWriteTimeUtc(unfinished, time.GetUtcNow().UtcDateTime);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        MakeRoom();
        return new UploadedPicture(sha256, info.Width, info.Height, info.Format.ToString().ToLowerInvariant());
    }

    private void MakeRoom()
    {
        // The newest stays, however large: somebody is about to search by it.
        lock (_gate)
        {
            var (count, bytes) = (0, 0L);
            foreach (var file in new DirectoryInfo(folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc))
            {
                (count, bytes) = (count + 1, bytes + file.Length);
                if (IsOver(file) || (count > 1 && (count > MostPictures || bytes > capacity)))
                {
                    file.Delete();
                }
            }
        }
    }

    private bool IsOver(FileInfo file) => file.LastWriteTimeUtc + Kept < time.GetUtcNow();

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
