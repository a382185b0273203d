namespace ImageSearch.Indexing;

/// <summary>
/// Lists a library folder by folder, depth first and in the order of names, so that two walks of the same tree are equal.
/// No link is followed and no file is opened. A folder that cannot be listed is reported and the walk goes on.
/// </summary>
/// <param name="root">Absolute path of the library's root.</param>
internal sealed class ImageWalk(string root)
{
    /// <summary>The folder <paramref name="start"/> (below the root, empty for the root itself) and all below it.</summary>
    public IEnumerable<WalkedFolder> Folders(string start, CancellationToken cancellationToken)
    {
        var ahead = new Stack<string>([start]);
        while (ahead.TryPop(out var path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var folder = Read(path);
            yield return folder;
            for (var i = folder.Folders.Count - 1; i >= 0; i--)
            {
                ahead.Push(folder.Folders[i]);
            }
        }
    }

    private WalkedFolder Read(string path)
    {
        try
        {
            var folder = new WalkedFolder(path);
            foreach (var entry in FileSystemReader.List(path.Length == 0 ? root : $"{root}/{path}"))
            {
                Sort(entry, folder);
            }

            return folder;
        }
        catch (DirectoryNotFoundException)
        {
            return new WalkedFolder(path);
        }
        catch (IOException failure)
        {
            return new WalkedFolder(path) { Fault = failure.Message };
        }
    }

    private static void Sort(FolderEntry entry, WalkedFolder folder)
    {
        WalkedOddity? oddity = entry switch
        {
            { Kind: FolderEntryKind.Gone } => new WalkedOddity.Skipped(entry.Name, SkipReason.Vanished),
            _ when PictureNames.IsSystemJunk(entry.Name) => new WalkedOddity.Skipped(entry.Name, SkipReason.SystemJunk),
            _ when PictureNames.IsHidden(entry.Name) => new WalkedOddity.Skipped(entry.Name, SkipReason.Hidden),
            { Kind: FolderEntryKind.Unreadable } => new WalkedOddity.Unreadable(entry.Name, entry.Fault ?? "it cannot be read"),
            { Kind: FolderEntryKind.Link } => new WalkedOddity.Skipped(entry.Name, SkipReason.SymbolicLink),
            { Kind: FolderEntryKind.Special } => new WalkedOddity.Skipped(entry.Name, SkipReason.NotARegularFile),
            { Kind: FolderEntryKind.File } when PictureNames.IsCameraRaw(entry.Name) => new WalkedOddity.Skipped(entry.Name, SkipReason.CameraRaw),
            _ => null,
        };
        if (oddity is not null)
        {
            folder.Oddities.Add(oddity);
        }
        else if (entry.Kind == FolderEntryKind.Folder)
        {
            folder.Folders.Add(folder.PathOf(entry.Name));
        }
        else
        {
            folder.Files.Add(new WalkedFile(entry.Name, entry.Stamp));
        }
    }
}
