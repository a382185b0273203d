using ImageSearch.Collections;
using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(1024)]
    public void Every_picture_belongs_to_one_share_and_shares_are_of_about_one_size(int count)
    {
        var shards = Enumerable.Range(0, count).Select(number => new IndexShard(number, count)).ToList();
        var ids = Enumerable.Range(0, 4000).Select(i => PointId.Of("photos", $"a/{i}.jpg")).ToList();

        var holders = ids.Select(id => Assert.Single(shards, shard => shard.Holds(id))).ToList();

        var fair = ids.Count / (double)count;
        Assert.InRange(holders.GroupBy(shard => shard).Max(group => group.Count()), fair, fair + (6 * Math.Sqrt(fair)));
        Assert.True(new IndexShard(count - 1, count).Holds(new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff")));
        Assert.True(new IndexShard(0, count).Holds(Guid.Empty));
    }

    [Theory]
    [InlineData("0/1", "0/2", true)]
    [InlineData("0/2", "1/2", false)]
    [InlineData("1/4", "0/2", true)]
    [InlineData("1/4", "1/2", false)]
    [InlineData("1/3", "1/2", true)]
    [InlineData("0/3", "2/4", false)]
    [InlineData("511/1024", "512/1024", false)]
    public void Two_shares_overlap_where_some_id_lies_in_both(string one, string other, bool overlap)
    {
        Assert.True(IndexShard.TryParse(one, out var first) & IndexShard.TryParse(other, out var second));

        Assert.Equal(overlap, first!.Overlaps(second!));
        Assert.Equal(overlap, second!.Overlaps(first));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("8/8")]
    [InlineData("-1/8")]
    [InlineData("1/0")]
    [InlineData("1/2/3")]
    [InlineData("0/1025")]
    [InlineData(" 0/2")]
    public void What_is_no_share_is_refused(string text)
    {
        Assert.False(IndexShard.TryParse(text, out _));
    }

    [Fact]
    public async Task All_shares_together_index_what_one_indexer_does()
    {
        await using var whole = await IndexedFolder.OpenAsync();
        whole.WriteMany("a", 60);
        whole.WriteMany("b/c", 40);
        File.WriteAllText(whole.PathOf("broken.jpg"), "no picture");
        File.WriteAllText(whole.PathOf("notes.txt"), "no picture");
        await using var shared = await IndexedFolder.OpenAsync(whole.Root);
        var found = await whole.SummariseAsync();

        var shares = new List<IndexSummary>();
        for (var number = 0; number < 8; number++)
        {
            shares.Add(IndexedFolder.Sum(await RunAsync(shared, new IndexShard(number, 8))));
        }

        Assert.Equal(found.Found, shares.Sum(share => share.Found));
        Assert.Equal(found.Failed, shares.Sum(share => share.Failed));
        Assert.Equal(found.Skipped, shares.Sum(share => share.Skipped));
        Assert.All(shares, share => Assert.InRange(share.New, 1, 40));
        Assert.Equal(100, shared.Provider.Calls);
        Assert.Equal(await PointsAsync(whole), await PointsAsync(shared));
    }

    [Fact]
    public async Task Two_shares_work_at_the_same_time_and_neither_hears_of_the_other()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 80);
        using var ledger = folder.OpenLedger(new IndexShard(0, 2));
        await using var first = folder.Indexer(ledger, new IndexShard(0, 2)).IndexAsync(folder.Library).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());

        Assert.Empty(OthersAtWork(folder, new IndexShard(1, 2)));
        _ = await RunAsync(folder, new IndexShard(1, 2));
        while (await first.MoveNextAsync())
        {
        }

        Assert.Equal(80, await folder.CountAsync());
        Assert.Equal(80, folder.Provider.Calls);
    }

    [Fact]
    public async Task Overlapping_shares_are_told_of_each_other_and_lose_and_double_nothing()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 80);
        using var ledger = folder.OpenLedger(new IndexShard(1, 3));
        await using var first = folder.Indexer(ledger, new IndexShard(1, 3)).IndexAsync(folder.Library).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());

        var other = Assert.Single(OthersAtWork(folder, IndexShard.Whole));
        Assert.StartsWith($"process {Environment.ProcessId} on {Environment.MachineName}, since", other, StringComparison.Ordinal);
        Assert.EndsWith("(share 1/3)", other, StringComparison.Ordinal);
        _ = await folder.IndexAsync();
        while (await first.MoveNextAsync())
        {
        }

        Assert.Empty(OthersAtWork(folder, IndexShard.Whole));
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_share_sweeps_its_own_pictures_only()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 40);
        var shards = new[] { new IndexShard(0, 2), new IndexShard(1, 2) };
        _ = await RunAsync(folder, shards[0]);
        _ = await RunAsync(folder, shards[1]);
        Directory.Delete(folder.PathOf("a"), recursive: true);
        folder.Write("b.bmp", 1);

        var removed = (await RunAsync(folder, shards[0])).OfType<IndexResult.Removed>().ToList();

        Assert.InRange(removed.Count, 1, 39);
        Assert.All(removed, result => Assert.True(shards[0].Holds(folder.Library.Name, result.Path)));
        Assert.Equal(40 - removed.Count, (await RunAsync(folder, shards[1])).OfType<IndexResult.Removed>().Count());
        Assert.Equal(1, await folder.CountAsync());
    }

    [Fact]
    public async Task Another_number_of_shares_takes_over_what_is_there_without_embedding()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 50);
        _ = await folder.IndexAsync();
        File.Delete(folder.PathOf("a/00007.bmp"));

        var results = new List<IndexResult>();
        for (var number = 0; number < 3; number++)
        {
            results.AddRange(await RunAsync(folder, new IndexShard(number, 3)));
        }

        Assert.Equal(49, results.OfType<IndexResult.Indexed>().Count());
        Assert.Equal("a/00007.bmp", Assert.Single(results.OfType<IndexResult.Removed>()).Path);
        Assert.Equal(50, folder.Provider.Calls);
        Assert.Equal(49, await folder.CountAsync());
    }

    private static async Task<List<IndexResult>> RunAsync(IndexedFolder folder, IndexShard shard)
    {
        using var ledger = folder.OpenLedger(shard);
        var results = new List<IndexResult>();
        await foreach (var result in folder.Indexer(ledger, shard).IndexAsync(folder.Library))
        {
            results.Add(result);
        }

        return results;
    }

    private static IReadOnlyList<string> OthersAtWork(IndexedFolder folder, IndexShard shard)
    {
        using var ledger = folder.OpenLedger(shard);
        return folder.Indexer(ledger, shard).OthersAtWork();
    }

    private static async Task<IReadOnlyList<(Guid Id, string Path, string Sha256)>> PointsAsync(IndexedFolder folder)
    {
        var points = new List<(Guid, string, string)>();
        await foreach (var point in folder.Collection.ListAsync(ImageFilter.All, CancellationToken.None))
        {
            points.Add((point.Id, point.Payload.Path, point.Payload.Sha256));
        }

        return points;
    }
}
