using ImageSearch.Collections;
using ImageSearch.Imaging;

namespace ImageSearch.Searching;

/// <summary>Reads the files of hits: only files below the roots of their libraries, through no link, and none that is too large.</summary>
/// <param name="libraries">The libraries that are known.</param>
/// <param name="limits">Files above <see cref="ImageLimits.MaxBytes"/> are not read.</param>
internal sealed class HitPictureFiles(IReadOnlyList<QueryLibrary> libraries, ImageLimits limits)
{
    /// <summary>The bytes of a picture.</summary>
    /// <exception cref="IOException">Its library is not known, it is not there, it is behind a link, or it is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(ImagePayload picture, CancellationToken cancellationToken)
    {
        var file = PathOf(picture);
        return new FileInfo(file).Length <= limits.MaxBytes
            ? await File.ReadAllBytesAsync(file, cancellationToken)
            : throw new IOException($"{file} is larger than {limits.MaxBytes} bytes.");
    }

    private string PathOf(ImagePayload picture)
    {
        var path = libraries.FirstOrDefault(library => library.Name == picture.Library)?.Root
            ?? throw new FileNotFoundException($"The library {picture.Library} is not known here.");
        foreach (var part in picture.Path.Split('/'))
        {
            path = Path.Join(path, part);
            if (part is "" or "." or ".." || new FileInfo(path).LinkTarget is not null)
            {
                throw new FileNotFoundException($"{path} is not a file of its library.");
            }
        }

        return path;
    }
}
