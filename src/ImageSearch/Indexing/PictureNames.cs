using System.Collections.Frozen;

namespace ImageSearch.Indexing;

/// <summary>What a file's name promises. Whether it is a picture is decided by its bytes; the name only decides how much is read to find out.</summary>
internal static class PictureNames
{
    private static readonly FrozenSet<string> Pictures = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".dib", ".heic", ".heif", ".hif",
        ".avif", ".avifs", ".svg", ".psd", ".psb", ".tga", ".ico", ".cur", ".jp2", ".j2k", ".jpf", ".jpx", ".jxl", ".ppm", ".pgm", ".pbm",
        ".pnm", ".xpm", ".xbm", ".pcx", ".dds", ".exr", ".hdr", ".qoi", ".mpo");

    private static readonly FrozenSet<string> Raws = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq", ".kdc", ".mef", ".mos", ".mrw", ".nef",
        ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f");

    private static readonly FrozenSet<string> Junk = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Thumbs.db", "ehthumbs.db", "desktop.ini", "@eaDir", "@Recycle", "#recycle", "#snapshot", "$RECYCLE.BIN", "System Volume Information",
        "__MACOSX", "lost+found", ".DS_Store", ".Spotlight-V100", ".Trashes", ".fseventsd", ".TemporaryItems");

    /// <summary>The name of a picture's format, of one that is refused too, so that the refusal is told.</summary>
    public static bool IsPicture(string name) => Pictures.Contains(Path.GetExtension(name));

    public static bool IsCameraRaw(string name) => Raws.Contains(Path.GetExtension(name));

    public static bool IsSystemJunk(string name) => Junk.Contains(name) || name.StartsWith("._", StringComparison.Ordinal);

    public static bool IsHidden(string name) => name.StartsWith('.');

    /// <summary>True when a part of the path is hidden or junk, so that a walk never comes there.</summary>
    public static bool IsPassedOver(string path) => path.Split('/').Any(part => IsHidden(part) || IsSystemJunk(part));
}
