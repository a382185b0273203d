namespace ImageSearch.Indexing;

/// <summary>Sees to it that a disk that is not mounted never looks like pictures that were deleted.</summary>
internal static class LibraryRootCheck
{
    /// <exception cref="IndexException">The folder is missing, is none, cannot be listed, or is empty although pictures of it are known.</exception>
    public static void Check(LibraryRoot library, Ledger ledger, MassDeletion massDeletion)
    {
        var folder = library.Folder.Length == 0 ? library.Root : $"{library.Root}/{library.Folder}";
        var known = ledger.CountStored(library.Folder);
        try
        {
            if (FileSystemReader.List(folder).Count == 0 && known > 0 && massDeletion == MassDeletion.Refuse)
            {
                throw Missing(
                    $"The folder {folder} is empty, but {known:N0} pictures of it are known: its disk is probably not mounted. " +
                    "Nothing was deleted. If they really are gone, allow mass deletion.");
            }
        }
        catch (DirectoryNotFoundException)
        {
            throw Missing(
                $"The folder {folder} of library {library.Name} does not exist; {known:N0} pictures of it are known and were kept. " +
                "Mount its disk or check the path; if it is gone for good, forget it.");
        }
        catch (IOException failure)
        {
            throw Missing($"The folder {folder} cannot be listed: {failure.Message}. Check its permissions and its disk.");
        }
    }

    private static IndexException Missing(string message) => new(IndexFault.RootMissing, message);
}
