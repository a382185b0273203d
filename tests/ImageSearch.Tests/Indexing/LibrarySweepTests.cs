using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class LibrarySweepTests
{
    [Fact]
    public async Task Many_vanished_pictures_are_kept_until_mass_deletion_is_allowed()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("kept", 50);
        folder.WriteMany("gone", 101);
        _ = await folder.IndexAsync();
        Directory.Delete(folder.PathOf("gone"), recursive: true);
        folder.Write("new.bmp", 77);

        var refused = await Assert.ThrowsAsync<IndexException>(() => folder.IndexAsync());

        Assert.Equal(IndexFault.MassDeletion, refused.Fault);
        Assert.Contains("101 of 151", refused.Message);
        Assert.Equal(152, await folder.CountAsync());
        Assert.Equal(RunOutcome.Stopped, folder.Ledger.Status().LastRun!.Outcome);

        folder.Options = folder.Options with { MassDeletion = MassDeletion.Allow };
        Assert.Equal(new IndexSummary { Unchanged = 51, Removed = 101 }, await folder.SummariseAsync());
        await folder.CheckInvariantsAsync();
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(101, 1000)]
    public async Task Few_vanished_pictures_are_swept(int gone, int kept)
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("gone", gone);
        folder.WriteMany("kept", kept);
        folder.Write("here.bmp", 1);
        _ = await folder.IndexAsync();
        Directory.Delete(folder.PathOf("gone"), recursive: true);

        Assert.Equal(gone, (await folder.SummariseAsync()).Removed);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_renamed_folder_is_no_mass_deletion()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("before", 150);
        _ = await folder.IndexAsync();
        Directory.Move(folder.PathOf("before"), folder.PathOf("after"));

        Assert.Equal(new IndexSummary { New = 150, Copied = 150, Removed = 150 }, await folder.SummariseAsync());
        Assert.Equal(150, folder.Provider.Calls);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_root_that_is_empty_or_missing_deletes_nothing()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 5);
        _ = await folder.IndexAsync();
        Directory.Delete(folder.PathOf("a"), recursive: true);

        var empty = await Assert.ThrowsAsync<IndexException>(() => folder.IndexAsync());
        Directory.Delete(folder.Root);
        var missing = await Assert.ThrowsAsync<IndexException>(() => folder.IndexAsync());

        Assert.Equal((IndexFault.RootMissing, IndexFault.RootMissing), (empty.Fault, missing.Fault));
        Assert.Contains("5 pictures", empty.Message);
        Assert.Contains("5 pictures", missing.Message);
        Assert.Equal(5, await folder.CountAsync());

        _ = Directory.CreateDirectory(folder.Root);
        folder.Options = folder.Options with { MassDeletion = MassDeletion.Allow };
        Assert.Equal(5, (await folder.SummariseAsync()).Removed);
    }

    [Fact]
    public async Task Nothing_is_swept_when_all_is_gone_and_the_root_lies_on_another_device()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 5);
        _ = await folder.IndexAsync();
        folder.Ledger.Device++;
        Directory.Delete(folder.PathOf("a"), recursive: true);
        folder.Write("on the mount point.bmp", 99);

        var refused = await Assert.ThrowsAsync<IndexException>(() => folder.IndexAsync());

        Assert.Equal(IndexFault.MassDeletion, refused.Fault);
        Assert.Equal(6, await folder.CountAsync());
    }

    [Fact]
    public async Task What_was_skipped_or_failed_and_is_gone_is_forgotten_in_silence()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        File.WriteAllText(folder.PathOf("notes.txt"), "no picture");
        File.WriteAllText(folder.PathOf("broken.jpg"), "no picture");
        _ = await folder.IndexAsync();
        File.Delete(folder.PathOf("notes.txt"));
        File.Delete(folder.PathOf("broken.jpg"));

        Assert.Equal(new IndexSummary { Unchanged = 1 }, await folder.SummariseAsync());
        await folder.CheckInvariantsAsync();
    }
}
