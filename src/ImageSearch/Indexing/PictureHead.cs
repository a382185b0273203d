using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>Looks at the first bytes of a file whose name promises no picture.</summary>
internal static class PictureHead
{
    // Long enough for the magic bytes of every format, and for the brands of HEIF.
    private const int Length = 4096;

    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="IOException">It cannot be read or is no regular file.</exception>
    public static bool IsPicture(string path)
    {
        try
        {
            _ = ImageIdentifier.Identify(StableFile.ReadHead(path, Length), ImageLimits.Default);
            return true;
        }
        catch (ImageFormatException refusal)
        {
            // Of a picture's first bytes alone it may well be said that they are truncated or too large, but not that they are none.
            return refusal.Refusal is not (ImageRefusal.UnknownFormat or ImageRefusal.UnsupportedFormat);
        }
    }
}
