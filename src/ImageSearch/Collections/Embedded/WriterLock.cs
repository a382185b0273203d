using System.Globalization;
using System.Text;
using ImageSearch.Collections.Vectors;

namespace ImageSearch.Collections.Embedded;

/// <summary>Makes its process the collection's only writer. The system takes it back when the process ends, however it ends.</summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <exception cref="CollectionException">Another process, or this one, writes to the collection already.</exception>
    public static WriterLock Take(CollectionFiles files, TimeProvider time)
    {
        FileStream file;
        try
        {
            file = new FileStream(files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (StorageFault.IsSharing(exception))
        {
            throw new CollectionException(
                CollectionFault.Busy,
                $"The collection in '{files.Folder}' is being written by {Holder(files)}. Wait until it has ended, or stop it; searching is possible meanwhile.",
                exception);
        }

        var since = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        File.WriteAllText(files.Holder, $"process {Environment.ProcessId} on {Environment.MachineName} since {since}", Encoding.UTF8);
        return new WriterLock(file);
    }

    public void Dispose() => _file.Dispose();

    private static string Holder(CollectionFiles files)
    {
        try
        {
            return File.ReadAllText(files.Holder) is { Length: > 0 } holder ? holder : "another process";
        }
        catch (IOException)
        {
            // The holder has the lock but has not written its name yet.
            return "another process";
        }
    }
}
