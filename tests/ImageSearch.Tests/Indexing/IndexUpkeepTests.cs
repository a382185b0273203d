using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

/// <summary>What is done with an indexed library beside indexing it: rebuild, estimate, retry, forget, look back.</summary>
public sealed class IndexUpkeepTests
{
    [Fact]
    public async Task A_collection_made_anew_is_filled_again_from_the_cache()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 20);
        _ = await folder.IndexAsync();
        await folder.Collection.DisposeAsync();
        Directory.Delete(folder.CollectionFolder, recursive: true);
        folder.Collection = await folder.OpenCollectionAsync();

        var summary = await folder.SummariseAsync();

        Assert.Equal(new IndexSummary { New = 20, Copied = 20 }, summary);
        Assert.Equal(20, folder.Provider.Calls);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task Points_of_a_lost_ledger_are_still_swept()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 5);
        _ = await folder.IndexAsync();
        folder.Ledger.Dispose();
        Directory.Delete(Path.GetDirectoryName(folder.Ledger.Location)!, recursive: true);
        folder.Ledger = folder.OpenLedger();
        File.Delete(folder.PathOf("a/00003.bmp"));

        var summary = await folder.SummariseAsync();

        Assert.Equal(new IndexSummary { New = 4, Copied = 4, Removed = 1 }, summary);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task An_estimate_says_what_a_run_then_does_and_changes_nothing()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Options = folder.Options with { PricePerPicture = 0.5m };
        folder.WriteMany("a", 5);
        File.WriteAllText(folder.PathOf("a/broken.jpg"), "no picture");
        _ = await folder.IndexAsync();
        folder.Write("a/00000.bmp", 1000);
        File.Move(folder.PathOf("a/00001.bmp"), folder.PathOf("a/moved.bmp"));
        folder.Write("a/new.bmp", 1001);
        folder.Write("a/new too.bmp", 1001);
        File.SetLastWriteTimeUtc(folder.PathOf("a/00002.bmp"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.WriteAllText(folder.PathOf("a/notes.txt"), "no picture");

        var estimate = await ImageIndexer.EstimateAsync(folder.Library, folder.Ledger, folder.Options, TimeProvider.System);

        Assert.Equal(
            new IndexEstimate(New: 3, Copied: 2, Changed: 1, Touched: 1, Unchanged: 2, Skipped: 1, Failed: 1, Gone: 1, Bytes: 4 * 246, Calls: 2, Cached: 0, Price: 1m),
            estimate);
        Assert.Equal(2, estimate.Copies);
        Assert.Equal(5, folder.Provider.Calls);
        var summary = await folder.SummariseAsync();
        Assert.Equal(
            new IndexSummary { New = 3, Copied = 2, Changed = 1, Touched = 1, Unchanged = 2, Skipped = 1, Failed = 1, Removed = 1, Embedded = 2 }, summary);
    }

    [Fact]
    public async Task Retry_takes_refused_files_up_again()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        File.WriteAllText(folder.PathOf("a.jpg"), "no picture");
        _ = await folder.IndexAsync();
        Assert.True(Assert.IsType<IndexResult.Failed>(Assert.Single(await folder.IndexAsync())).Earlier);

        Assert.Equal(1, folder.Indexer().Retry(folder.Library));

        Assert.Equal(1, folder.Ledger.Status().Pending);
        Assert.False(Assert.IsType<IndexResult.Failed>(Assert.Single(await folder.IndexAsync())).Earlier);
    }

    [Fact]
    public async Task Forgetting_a_part_deletes_its_points_and_nothing_else()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a/b", 5);
        folder.WriteMany("ab", 5);
        _ = await folder.IndexAsync();

        Assert.Equal(1, await folder.Indexer().ForgetAsync(folder.Library with { Folder = "a/b/00001.bmp" }));
        Assert.Equal(4, await folder.Indexer().ForgetAsync(folder.Library with { Folder = "a" }));

        Assert.Equal(5, await folder.CountAsync());
        Assert.Equal(5, folder.Ledger.Status().Indexed);
        Assert.Equal(5, await folder.Indexer().ForgetAsync(folder.Library));
        Assert.Equal(0, folder.Ledger.Status().Indexed);
        Assert.Equal(0, await folder.CountAsync());
    }

    [Fact]
    public async Task The_ledger_remembers_how_the_last_run_went()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        Assert.Null(folder.Ledger.Status().LastRun);
        folder.WriteMany("a", 3);

        var summary = await folder.SummariseAsync();

        var now = folder.Time.GetUtcNow();
        Assert.Equal(new LedgerRun("", now, now, RunOutcome.Completed, null, summary), folder.Ledger.Status().LastRun);
        Assert.Equal(3, await folder.Indexer().CountAsync(folder.Library));
    }
}
