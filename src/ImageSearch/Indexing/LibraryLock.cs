using System.Globalization;

namespace ImageSearch.Indexing;

/// <summary>
/// One indexer a library. The lock is the kernel's, on an open file: it goes with the process however that ends, so the next
/// one takes over without waiting and without cleaning up.
/// </summary>
internal sealed class LibraryLock : IDisposable
{
    private readonly FileStream _file;

    private LibraryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock that lies beside the ledger.</summary>
    /// <exception cref="IndexException">Another process holds it; the message names it.</exception>
    public static LibraryLock Take(string library, string ledgerPath, TimeProvider time)
    {
        var folder = Path.GetDirectoryName(ledgerPath)!;
        var holder = Path.Join(folder, "indexer.holder");
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(Path.Join(folder, "indexer.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
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

    public void Dispose() => _file.Dispose();

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
