using System.Globalization;

namespace ImageSearch.Indexing;

/// <summary>
/// One indexer a library, or a share of it. The lock is the kernel's, on an open file: it goes with the process however that ends, so the next
/// one takes over without waiting and without cleaning up.
/// </summary>
internal sealed class LibraryLock : IDisposable
{
    private const string Start = "indexer";
    private const string Ending = ".lock";

    private readonly FileStream _file;

    private LibraryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock that lies beside the ledger.</summary>
    /// <exception cref="IndexException">Another process holds it; the message names it.</exception>
    public static LibraryLock Take(string library, string ledgerPath, IndexShard shard, TimeProvider time)
    {
        var folder = Path.GetDirectoryName(ledgerPath)!;
        var path = Path.Join(folder, $"{Start}{shard.FileSuffix}{Ending}");
        var holder = HolderOf(path);
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, string.Create(
                CultureInfo.InvariantCulture,
                $"process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC"));
            return new LibraryLock(file);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IndexException(IndexFault.LedgerUnusable, $"The lock in {folder} cannot be opened: {refused.Message} Check its permissions.", refused);
        }
        catch (IOException taken)
        {
            throw new IndexException(
                IndexFault.LibraryLocked, $"The library {library} is being indexed by {Holder(holder)}. Wait until it is done, or stop it.", taken);
        }
    }

    /// <summary>Who holds the lock of another share that has pictures in common with this one.</summary>
    public static IReadOnlyList<string> Others(string ledgerPath, IndexShard shard)
    {
        var folder = Path.GetDirectoryName(ledgerPath)!;
        return !Directory.Exists(folder)
            ? []
            : [.. from path in Directory.EnumerateFiles(folder, $"{Start}*{Ending}").Order(StringComparer.Ordinal)
                  let other = IndexShard.FromFileSuffix(Path.GetFileName(path)[Start.Length..^Ending.Length])
                  where other is not null && other != shard && other.Overlaps(shard) && IsHeld(path)
                  select $"{Holder(HolderOf(path))} ({(other == IndexShard.Whole ? "all of it" : $"share {other}")})"];
    }

    public void Dispose() => _file.Dispose();

    private static bool IsHeld(string path)
    {
        try
        {
            // Shared, so that two that look at the same time do not take each other for the holder.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string HolderOf(string lockPath) => Path.ChangeExtension(lockPath, ".holder");

    private static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
