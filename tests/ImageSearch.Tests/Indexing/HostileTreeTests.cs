using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed partial class HostileTreeTests
{
    [LinuxFact]
    public async Task A_hostile_tree_loses_nothing_and_ends_nothing()
    {
        using var tree = new HostileTree();
        await using var folder = await IndexedFolder.OpenAsync(tree.Root);

        var results = await folder.IndexAsync();

        Assert.Equal(
            HostileTree.Ordinary.Order(StringComparer.Ordinal),
            results.OfType<IndexResult.Indexed>().Select(result => result.Path).Order(StringComparer.Ordinal));
        Assert.Equal(
            new Dictionary<string, SkipReason>
            {
                ["fifo.jpg"] = SkipReason.NotARegularFile,
                ["socket.png"] = SkipReason.NotARegularFile,
                ["loops"] = SkipReason.SymbolicLink,
                ["itself"] = SkipReason.SymbolicLink,
                ["link.bmp"] = SkipReason.SymbolicLink,
                ["dangling.jpg"] = SkipReason.SymbolicLink,
                ["outside"] = SkipReason.SymbolicLink,
                ["._plain.bmp"] = SkipReason.SystemJunk,
                ["@eaDir"] = SkipReason.SystemJunk,
                ["Thumbs.db"] = SkipReason.SystemJunk,
                [".hidden.bmp"] = SkipReason.Hidden,
                [".cache"] = SkipReason.Hidden,
                ["notes.txt"] = SkipReason.NotAPicture,
                ["empty.txt"] = SkipReason.NotAPicture,
            }.OrderBy(skipped => skipped.Key, StringComparer.Ordinal),
            results.OfType<IndexResult.Skipped>().ToDictionary(result => result.Path, result => result.Reason)
                .OrderBy(skipped => skipped.Key, StringComparer.Ordinal));
        var failed = results.OfType<IndexResult.Failed>().ToDictionary(result => result.Path, result => result);
        Assert.Equal(
            [@"bad\xFEname.bmp", @"bad\xFFname.bmp", "empty.jpg", @"folder\xFF", LongestReached(failed.Keys), "lying.jpg", "sparse.jpg"],
            failed.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("not UTF-8", failed[@"bad\xFFname.bmp"].Message);
        Assert.Contains("longer than the system allows", failed[LongestReached(failed.Keys)].Message);
        Assert.Equal(ImageRefusal.TooLarge, failed["sparse.jpg"].Reason);
        Assert.Equal(ImageRefusal.UnknownFormat, failed["lying.jpg"].Reason);
        Assert.Equal(ImageRefusal.Unreadable, failed[@"folder\xFF"].Reason);
    }

    [LinuxFact]
    public async Task A_second_run_over_a_hostile_tree_finds_the_same_and_writes_nothing()
    {
        using var tree = new HostileTree();
        await using var folder = await IndexedFolder.OpenAsync(tree.Root);
        var first = await folder.SummariseAsync();
        var status = folder.Ledger.Status();
        var calls = folder.Provider.Calls;

        var second = await folder.SummariseAsync();

        Assert.Equal(
            new IndexSummary { Unchanged = first.New, Skipped = first.Skipped, Failed = first.Failed }, second);
        Assert.Equal(calls, folder.Provider.Calls);
        Assert.Equal(status.Failed, folder.Ledger.Status().Failed);
        Assert.Equal(first.Found, status.Indexed + status.Failed.Count + status.Skipped.Sum(skipped => skipped.Value));
    }

    [LinuxFact]
    public void Two_walks_of_a_tree_are_equal_and_in_order()
    {
        using var tree = new HostileTree();

        var walks = Enumerable.Range(0, 2)
            .Select(_ => new ImageWalk(new LibraryRoot("tree", tree.Root), IndexShard.Whole).Folders(CancellationToken.None)
                .SelectMany(folder => folder.Files.Select(file => folder.PathOf(file.Name)).Concat(folder.Oddities.Select(oddity => folder.PathOf(oddity.Name))))
                .ToList())
            .ToList();

        Assert.Equal(walks[0], walks[1]);
        Assert.Equal(walks[0].Distinct(), walks[0]);
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public void What_may_not_be_read_is_reported_and_the_rest_is_walked()
    {
        using var temp = new TempFolder();
        TinyPicture.Write(Path.Join(temp.Path, "closed/a.bmp"), 1);
        TinyPicture.Write(Path.Join(temp.Path, "open/b.bmp"), 2);
        TinyPicture.Write(Path.Join(temp.Path, "c.bmp"), 3);
        File.SetUnixFileMode(temp.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(Path.Join(temp.Path, "closed"), UnixFileMode.None);
        File.SetUnixFileMode(Path.Join(temp.Path, "c.bmp"), UnixFileMode.None);

        var walk = AsNobody(() => new ImageWalk(new LibraryRoot("tree", temp.Path), IndexShard.Whole).Folders(CancellationToken.None).ToList());
        var refusal = AsNobody(() => Assert.ThrowsAny<SystemException>(() => StableFile.Read(Path.Join(temp.Path, "c.bmp"), 1000, TimeProvider.System)));

        Assert.Equal(["", "closed", "open"], walk.Select(folder => folder.Path));
        Assert.Equal("Permission denied", walk[1].Fault);
        Assert.Equal("b.bmp", Assert.Single(walk[2].Files).Name);
        Assert.True(refusal is IOException or UnauthorizedAccessException);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_listed_keeps_its_points()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a/b", 3);
        _ = await folder.IndexAsync();
        var sweep = new LibrarySweep(folder.Ledger, "");

        sweep.Note(new WalkedFolder(""), []);
        sweep.Note(new WalkedFolder("a") { Fault = "Permission denied" }, folder.Ledger.Rows("a").Values);

        Assert.Empty(sweep.Gone());
    }

    private static string LongestReached(IEnumerable<string> paths) => paths.Single(path => path.StartsWith("long/", StringComparison.Ordinal));

    /// <summary>Runs on a thread of its own whose rights on the file system are those of nobody, as root's would open everything.</summary>
    private static T AsNobody<T>(Func<T> work)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetFileSystemUser(65534);
            failure = Record.Exception(() => { result = work(); });
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        return result!;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(uint user);
}
