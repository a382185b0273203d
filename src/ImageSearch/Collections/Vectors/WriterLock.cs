using System.Runtime.InteropServices;

namespace ImageSearch.Collections.Vectors;

/// <summary>Keeps other processes from writing to a folder; the system lets go of it when the process ends, however it ends.</summary>
internal static class WriterLock
{
    private const string FileName = "writer.lock";

    /// <summary>Takes the lock until the handle is disposed.</summary>
    /// <exception cref="CollectionException">Another process has it.</exception>
    public static SafeHandle Take(string folder)
    {
        try
        {
            return File.OpenHandle(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (StorageFault.IsSharing(exception))
        {
            throw new CollectionException(
                CollectionFault.Busy,
                $"Another process is writing to '{folder}'. Wait until it has ended, or stop it.",
                exception);
        }
    }
}
