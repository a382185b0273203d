using ImageSearch.Collections;

namespace ImageSearch.Server.Pictures;

/// <summary>
/// The one way from a point to a file. What the point says is not trusted: the path must lie below the root of a library that is
/// known here, lead over no link, and end at a regular file. An indexer follows no link, so that no picture lies behind one.
/// </summary>
internal sealed class PictureFiles(ImageSearchHome home)
{
    /// <summary>The file of a picture; null when there is none that may be served.</summary>
    public PictureFile? Find(ImagePayload picture)
    {
        if (home.Libraries.Find(picture.Library) is not { } library || PathBelow(library.Root, picture.Path) is not { } path)
        {
            return null;
        }

        var file = new FileInfo(path);

        // Pipes and devices have no length, and opening one may wait for ever.
        return file.Exists && file.Length > 0
            ? new PictureFile(path, file.Length, file.Length == picture.Bytes && file.LastWriteTimeUtc.Ticks == picture.Modified.UtcTicks)
            : null;
    }

    /// <summary>The absolute path; null when a part of it is no plain name or a link.</summary>
    internal static string? PathBelow(string root, string relative)
    {
        var path = root;
        foreach (var name in relative.Split('/'))
        {
            if (!IsName(name))
            {
                return null;
            }

            path = Path.Join(path, name);
            if (IsLink(path))
            {
                return null;
            }
        }

        return path;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name is not ("." or "..") && !name.Contains('\0', StringComparison.Ordinal)
        && !name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsLink(string path)
    {
        var entry = new FileInfo(path);
        return entry.LinkTarget is not null || (entry.Exists && entry.Attributes.HasFlag(FileAttributes.ReparsePoint));
    }
}
