using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using ImageSearch.Vision;

namespace ImageSearch;

/// <summary>What asks the model of one home about pictures, and reads the pictures that are asked about.</summary>
public sealed class PictureQuestions
{
    private readonly IReadOnlyList<QueryLibrary> _libraries;
    private readonly ImageLimits _limits;

    internal PictureQuestions(HomeVision vision, IReadOnlyList<QueryLibrary> libraries, ImageLimits limits) =>
        (Asker, Extractor, _libraries, _limits) = (vision.Asker, vision.Extractor, libraries, limits);

    /// <summary>Asks and compares.</summary>
    public Asker Asker { get; }

    /// <summary>Reads values out of pictures and documents.</summary>
    public Extractor Extractor { get; }

    /// <summary>The bytes of an indexed picture.</summary>
    /// <exception cref="IOException">Its library is not known, it is not there, it is behind a link, or it is too large.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public Task<ReadOnlyMemory<byte>> ReadAsync(ImagePayload picture, CancellationToken cancellationToken) =>
        new HitPictureFiles(_libraries, _limits).ReadAsync(picture, cancellationToken);

    /// <summary>The bytes of a file: from the current folder, below the root of a library, or as <c>library/path</c>; null where there is none.</summary>
    /// <exception cref="QueryException">The file is empty, too large or cannot be read.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string path, string currentFolder, CancellationToken cancellationToken) =>
        (await new QueryPictureFiles(_libraries, currentFolder, _limits).ReadAsync(path, cancellationToken)).Bytes;
}
