using ImageSearch.Imaging;
using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class ImageIndexerTests
{
    [Fact]
    public async Task Every_picture_becomes_a_point_with_its_facts()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("2024/RomeTrip/red_door.bmp", 1);

        var results = await folder.IndexAsync();

        Assert.Equal([new IndexResult.Indexed("2024/RomeTrip/red_door.bmp", IndexChange.New, Embedded: true)], results);
        var payload = (await folder.PointAsync("2024/RomeTrip/red_door.bmp"))!.Payload;
        Assert.Equal(("photos", "bmp", 8, 8), (payload.Library, payload.Format, payload.Width, payload.Height));
        Assert.Equal("2024 Rome Trip red door", payload.Words);
        Assert.Equal("modified", payload.TakenAtSource);
        Assert.Equal(payload.Modified.UtcDateTime, payload.TakenAt);
        Assert.Equal(folder.Time.GetUtcNow(), payload.IndexedAt);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_second_run_embeds_nothing_and_writes_nothing()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 50);
        File.WriteAllText(folder.PathOf("a/notes.txt"), "no picture");
        File.WriteAllText(folder.PathOf("a/broken.jpg"), "no picture");
        _ = await folder.IndexAsync();
        var written = (await folder.PointAsync("a/00007.bmp"))!.Payload.IndexedAt;
        var calls = folder.Provider.Calls;
        folder.Time.Advance(TimeSpan.FromMinutes(1));

        var again = await folder.SummariseAsync();

        Assert.Equal(new IndexSummary { Unchanged = 50, Skipped = 1, Failed = 1 }, again);
        Assert.Equal(calls, folder.Provider.Calls);
        Assert.Equal(written, (await folder.PointAsync("a/00007.bmp"))!.Payload.IndexedAt);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_picture_with_new_content_is_embedded_again()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        _ = await folder.IndexAsync();
        folder.Write("a.bmp", 2);

        var results = await folder.IndexAsync();

        Assert.Equal([new IndexResult.Indexed("a.bmp", IndexChange.Changed, Embedded: true)], results);
        Assert.Equal(1, await folder.CountAsync());
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task New_content_under_the_old_time_is_noticed()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        var modified = File.GetLastWriteTimeUtc(folder.PathOf("a.bmp"));
        _ = await folder.IndexAsync();
        folder.Write("a.bmp", 2);
        File.SetLastWriteTimeUtc(folder.PathOf("a.bmp"), modified);

        var results = await folder.IndexAsync();

        Assert.Equal([new IndexResult.Indexed("a.bmp", IndexChange.Changed, Embedded: true)], results);
    }

    [Fact]
    public async Task A_new_time_with_the_same_content_costs_nothing_and_is_stored()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        _ = await folder.IndexAsync();
        var vector = (await folder.PointAsync("a.bmp"))!.Vector.ToArray();
        var modified = new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(folder.PathOf("a.bmp"), modified);

        var results = await folder.IndexAsync();

        Assert.Equal([new IndexResult.Indexed("a.bmp", IndexChange.Touched, Embedded: false)], results);
        Assert.Equal(1, folder.Provider.Calls);
        var point = (await folder.PointAsync("a.bmp"))!;
        Assert.Equal(vector, point.Vector.ToArray());
        Assert.Equal(modified, point.Payload.Modified.UtcDateTime);
        Assert.Equal(modified, point.Payload.TakenAt);
        Assert.Equal(new IndexSummary { Unchanged = 1 }, await folder.SummariseAsync());
    }

    [Fact]
    public async Task A_file_written_just_before_the_run_is_not_trusted_but_costs_nothing()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        folder.Time.Jump(new DateTimeOffset(File.GetLastWriteTimeUtc(folder.PathOf("a.bmp"))).AddSeconds(1));
        _ = await folder.IndexAsync();
        var point = await folder.PointAsync("a.bmp");
        Assert.True(folder.Ledger.Rows("")["a.bmp"] is { State: LedgerState.Indexed } row && !row.Covers(row.Stamp));

        var again = await folder.SummariseAsync();

        Assert.Equal(new IndexSummary { Unchanged = 1 }, again);
        Assert.Equal(1, folder.Provider.Calls);
        Assert.Equal(point!.Payload.IndexedAt, (await folder.PointAsync("a.bmp"))!.Payload.IndexedAt);
    }

    [Fact]
    public async Task A_file_from_the_future_settles()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        File.SetLastWriteTimeUtc(folder.PathOf("a.bmp"), DateTime.UtcNow.AddYears(10));

        _ = await folder.IndexAsync();

        Assert.Equal(new IndexSummary { Unchanged = 1 }, await folder.SummariseAsync());
        Assert.Equal(1, folder.Provider.Calls);
    }

    [Fact]
    public async Task A_thousand_copies_cost_one_embedding_and_are_all_found()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        for (var i = 0; i < 1000; i++)
        {
            folder.Write($"{i % 10}/{i}.bmp", seed: 7);
        }

        var summary = await folder.SummariseAsync();

        Assert.Equal(new IndexSummary { New = 1000, Copied = 999, Embedded = 1 }, summary);
        Assert.Equal(1, folder.Provider.Calls);
        Assert.Equal(1000, await folder.CountAsync());
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_moved_picture_costs_nothing_and_its_old_point_goes()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("here/a.bmp", 1);
        _ = await folder.IndexAsync();
        _ = Directory.CreateDirectory(folder.PathOf("there"));
        File.Move(folder.PathOf("here/a.bmp"), folder.PathOf("there/b.bmp"));

        var results = await folder.IndexAsync();

        Assert.Equal(
            [new IndexResult.Indexed("there/b.bmp", IndexChange.New, Embedded: false), new IndexResult.Removed("here/a.bmp")], results);
        Assert.Equal(1, folder.Provider.Calls);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_picture_that_becomes_broken_leaves_the_collection_and_comes_back_when_mended()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        _ = await folder.IndexAsync();
        File.WriteAllText(folder.PathOf("a.bmp"), "no picture");

        var broken = Assert.IsType<IndexResult.Failed>(Assert.Single(await folder.IndexAsync()));
        Assert.Equal((ImageRefusal.UnknownFormat, false), (broken.Reason, broken.Earlier));
        Assert.Equal(0, await folder.CountAsync());
        await folder.CheckInvariantsAsync();

        folder.Write("a.bmp", 1);
        Assert.Equal([new IndexResult.Indexed("a.bmp", IndexChange.New, Embedded: false)], await folder.IndexAsync());
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task Magic_bytes_decide_and_not_the_name()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("picture.txt", 1);
        folder.Write("picture", 2);
        folder.Write("bitmap.jpg", 3);
        File.WriteAllText(folder.PathOf("text.jpg"), "no picture");
        File.WriteAllText(folder.PathOf("text.txt"), "no picture");
        File.WriteAllBytes(folder.PathOf("raw.NEF"), [0x49, 0x49, 0x2A, 0]);

        _ = await folder.IndexAsync();

        var status = folder.Ledger.Status();
        Assert.Equal(3, status.Indexed);
        Assert.Equal("text.jpg", Assert.Single(status.Failed).Path);
        Assert.Equal(
            new Dictionary<SkipReason, long> { [SkipReason.NotAPicture] = 1, [SkipReason.CameraRaw] = 1 },
            status.Skipped.OrderBy(skipped => skipped.Key).ToDictionary());
    }

    [Fact]
    public async Task Indexing_a_part_touches_and_sweeps_that_part_only()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 3);
        folder.WriteMany("ab", 3);
        folder.WriteMany("b/c", 3);
        _ = await folder.IndexAsync();
        File.Delete(folder.PathOf("a/00000.bmp"));
        File.Delete(folder.PathOf("ab/00000.bmp"));
        File.Delete(folder.PathOf("b/c/00000.bmp"));

        var part = await folder.SummariseAsync(folder.Library with { Folder = "a" });

        Assert.Equal(new IndexSummary { Unchanged = 2, Removed = 1 }, part);
        Assert.Equal(8, await folder.CountAsync());
        Assert.Equal(2, (await folder.SummariseAsync(folder.Library with { Folder = "b" })).Unchanged);
        Assert.Equal(new IndexSummary { Unchanged = 6, Removed = 1 }, await folder.SummariseAsync());
        await folder.CheckInvariantsAsync();
    }
}
