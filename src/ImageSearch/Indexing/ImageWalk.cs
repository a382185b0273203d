namespace ImageSearch.Indexing;

/// <summary>
/// Lists a library folder by folder, depth first and in the order of names, so that two walks of the same tree are equal.
/// No link is followed and no file is opened. A folder that cannot be listed is reported and the walk goes on.
/// </summary>
/// <param name="library">The library, or the part of it to list.</param>
/// <param name="shard">The share of its entries to list; folders are all listed.</param>
internal sealed class ImageWalk(LibraryRoot library, IndexShard shard)
{
    /// <summary>The folder where the walk begins and all below it.</summary>
    public IEnumerable<WalkedFolder> Folders(CancellationToken cancellationToken)
    {
        var ahead = new Stack<string>([library.Folder]);
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
            foreach (var entry in FileSystemReader.List(path.Length == 0 ? library.Root : $"{library.Root}/{path}"))
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

    private void Sort(FolderEntry entry, WalkedFolder folder)
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
        if (oddity is null && entry.Kind == FolderEntryKind.Folder)
        {
            folder.Folders.Add(folder.PathOf(entry.Name));
        }
        else if (!shard.Holds(library.Name, folder.PathOf(entry.Name)))
        {
            return;
        }
        else if (oddity is not null)
        {
            folder.Oddities.Add(oddity);
        }
        else
        {
            folder.Files.Add(new WalkedFile(entry.Name, entry.Stamp));
        }
    }
}
