using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ImageSearch.Indexing;

/// <summary>
/// Says which folders of a library to look at: the whole library first and at every rescan, and folders in which something
/// changed once they are quiet. What the system does not report (an overflow, a network drive) the next rescan finds.
/// </summary>
internal sealed class LibraryWatcher : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly LibraryRoot _library;
    private readonly ImageIndexerOptions _options;
    private readonly TimeProvider _time;
    private readonly FileSystemWatcher _watcher;
    private readonly ITimer _rescan;

    // Holds the folders that changed; a full channel means so much change that the whole library is looked at.
    private readonly Channel<string> _changes = Channel.CreateBounded<string>(4096);
    private volatile bool _lost = true;

    public LibraryWatcher(LibraryRoot library, ImageIndexerOptions options, TimeProvider time)
    {
        (_library, _options, _time) = (library, options, time);
        var folder = library.Folder.Length == 0 ? library.Root : $"{library.Root}/{library.Folder}";
        if (!Directory.Exists(folder))
        {
            throw new IndexException(IndexFault.RootMissing, $"The folder {folder} does not exist. Check the path, and that its disk is mounted.");
        }

        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            InternalBufferSize = BufferBytes,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        _watcher.Created += (_, change) => Note(change.FullPath);
        _watcher.Changed += (_, change) => Note(change.FullPath);
        _watcher.Deleted += (_, change) => Note(change.FullPath);
        _watcher.Renamed += (_, change) =>
        {
            Note(change.OldFullPath);
            Note(change.FullPath);
        };
        _watcher.Error += (_, _) => Lose();
        _watcher.EnableRaisingEvents = true;
        _rescan = time.CreateTimer(_ => Lose(), null, options.WatchRescan, options.WatchRescan);
    }

    /// <summary>The folders to look at, paths below the library's root.</summary>
    public async IAsyncEnumerable<string> FoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = new HashSet<string>(StringComparer.Ordinal);
            await CollectAsync(changed, cancellationToken);
            if (_lost)
            {
                _lost = false;
                yield return _library.Folder;
                continue;
            }

            foreach (var folder in Outermost(changed))
            {
                yield return folder;
            }
        }
    }

    public void Dispose()
    {
        _rescan.Dispose();
        _watcher.Dispose();
    }

    /// <summary>Waits for a first change, then until nothing more comes for a while.</summary>
    private async Task CollectAsync(HashSet<string> changed, CancellationToken cancellationToken)
    {
        while (!_lost && (changed.Count == 0 || await MoreAsync(cancellationToken)))
        {
            if (changed.Count == 0)
            {
                _ = await _changes.Reader.WaitToReadAsync(cancellationToken);
            }

            while (_changes.Reader.TryRead(out var folder))
            {
                _ = changed.Add(folder);
            }
        }
    }

    private async Task<bool> MoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _changes.Reader.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(_options.WatchQuiet, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Note(string path)
    {
        var relative = Path.GetRelativePath(_library.Root, path).Replace(Path.DirectorySeparatorChar, '/');
        if (PictureNames.IsPassedOver(relative))
        {
            return;
        }

        // The folder that holds what changed: of a folder that is gone, it is the one that knows.
        if (!_changes.Writer.TryWrite(relative.LastIndexOf('/') is > 0 and var slash ? relative[..slash] : ""))
        {
            Lose();
        }
    }

    private void Lose()
    {
        _lost = true;
        _ = _changes.Writer.TryWrite(_library.Folder);
    }

    private static IEnumerable<string> Outermost(HashSet<string> folders) => folders.Contains("")
        ? [""]
        : folders.Where(folder => !folders.Any(other => folder.StartsWith(other + "/", StringComparison.Ordinal))).Order(StringComparer.Ordinal);
}
