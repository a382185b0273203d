using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class WatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_watch_indexes_what_is_there_and_then_what_changes()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Options = folder.Options with { WatchQuiet = TimeSpan.Zero };
        folder.Write("a/1.bmp", 1);
        using var stop = new CancellationTokenSource(Patience);
        await using var watch = folder.Indexer().WatchAsync(folder.Library, stop.Token).GetAsyncEnumerator();

        Assert.Equal("a/1.bmp", (await NextAsync(watch)).Path);

        folder.Write("b/c/2.bmp", 2);
        Assert.Equal("b/c/2.bmp", (await NextAsync<IndexResult.Indexed>(watch)).Path);

        Directory.Move(folder.PathOf("b"), folder.PathOf("d"));
        Assert.Equal(new IndexResult.Indexed("d/c/2.bmp", IndexChange.New, Embedded: false), await NextAsync<IndexResult.Indexed>(watch));
        Assert.Equal(new IndexResult.Removed("b/c/2.bmp"), await NextAsync<IndexResult.Removed>(watch));

        Directory.Delete(folder.PathOf("d"), recursive: true);
        Assert.Equal(new IndexResult.Removed("d/c/2.bmp"), await NextAsync<IndexResult.Removed>(watch));
    }

    [Fact]
    public async Task A_watch_looks_through_the_whole_library_from_time_to_time()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a/1.bmp", 1);
        using var stop = new CancellationTokenSource(Patience);
        using var watcher = new LibraryWatcher(folder.Library, folder.Options, folder.Time);
        await using var folders = watcher.FoldersAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await folders.MoveNextAsync());
        var next = folders.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);

        folder.Time.Advance(folder.Options.WatchRescan);

        Assert.True(await next);
        Assert.Equal("", folders.Current);
    }

    [Fact]
    public async Task A_watch_holds_the_library()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        using var stop = new CancellationTokenSource(Patience);
        await using var watch = folder.Indexer().WatchAsync(folder.Library, stop.Token).GetAsyncEnumerator();
        _ = await NextAsync(watch);

        Assert.Equal(IndexFault.LibraryLocked, (await Assert.ThrowsAsync<IndexException>(() => folder.IndexAsync())).Fault);
    }

    private static Task<IndexResult> NextAsync(IAsyncEnumerator<IndexResult> watch) => NextAsync<IndexResult>(watch);

    /// <summary>The next result of this kind; a file that is still being written may well fail first.</summary>
    private static async Task<T> NextAsync<T>(IAsyncEnumerator<IndexResult> watch)
        where T : IndexResult
    {
        while (await watch.MoveNextAsync())
        {
            if (watch.Current is T result)
            {
                return result;
            }
        }

        throw new InvalidOperationException("The watch ended.");
    }
}
