namespace ImageSearch.Server.Pictures;

/// <summary>
/// Files by name, bounded in bytes: the oldest go first. A file is written beside its name and renamed, so that there is a whole one or
/// none; one that a fault of the disk has damaged is not given out. Safe for many threads; several processes may share the folder.
/// </summary>
/// <param name="folder">Where they lie; made when it is needed.</param>
/// <param name="capacity">Most bytes that are kept.</param>
internal sealed class DiskCache(string folder, long capacity)
{
    private const string Unfinished = ".new";
    private const double KeptShare = 0.9;

    private readonly Lock _clearing = new();
    private long _bytes = -1;
    private long _writes;

    /// <summary>The file of that name, open for reading; null when there is none that is whole.</summary>
    public FileStream? Open(string name)
    {
        try
        {
            var file = new FileStream(PathOf(name), new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous });
            if (EncodedPicture.IsWhole(file))
            {
                return file;
            }

            file.Dispose();
            return null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Keeps a file under that name.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task WriteAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Environment.ProcessId}.{Interlocked.Increment(ref _writes)}{Unfinished}";
        try
        {
            await File.WriteAllBytesAsync(unfinished, bytes, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        MakeRoom(bytes.Length);
    }

    private void MakeRoom(long added)
    {
        lock (_clearing)
        {
            if (_bytes >= 0 && (_bytes += added) <= capacity)
            {
                return;
            }

            var files = new DirectoryInfo(folder).GetFiles("*", SearchOption.AllDirectories);
            _bytes = files.Sum(file => file.Length);
            if (_bytes <= capacity)
            {
                return;
            }

            foreach (var file in files.OrderBy(file => file.LastWriteTimeUtc))
            {
                _bytes -= file.Length;
                file.Delete();
                if (_bytes <= capacity * KeptShare)
                {
                    return;
                }
            }
        }
    }

    // Names begin with a hash: 256 folders keep each of them short.
    private string PathOf(string name) => Path.Join(folder, name[..2], name);
}
