using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.EndToEnd.Indexer;

/// <summary>A library shared among several runs that know nothing of each other.</summary>
public sealed class SharedLibraryTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Shares_one_after_another_are_the_whole_and_status_lists_each()
    {
        for (var i = 0; i < 60; i++)
        {
            PngPicture.Write(_workplace.PictureAt($"{i % 4}/{i:D2}.png"), (byte)(i * 4), (byte)i, (byte)(255 - i));
        }

        Assert.Equal(0, (await _workplace.RunAsync("index", "pictures", "--collection", "whole")).ExitCode);
        for (var share = 0; share < 3; share++)
        {
            Assert.Equal(0, (await _workplace.RunAsync("index", "pictures", "--collection", "shared", "--shard", $"{share}/3")).ExitCode);
        }

        var status = await _workplace.RunAsync("status", "--collection", "shared", "--output", "csv");

        Assert.Equal(["pictures 0/3", "pictures 1/3", "pictures 2/3"], status.OutLines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.Equal(60, status.OutLines.Skip(1).Sum(line => int.Parse(line.Split(',')[1])));
        Assert.Equal(await IdsAsync("whole"), await IdsAsync("shared"));
    }

    [Fact]
    public async Task Forgetting_takes_every_share_out_and_the_next_run_of_a_share_brings_it_back()
    {
        _workplace.AddPictures();
        for (var share = 0; share < 2; share++)
        {
            _ = await _workplace.RunAsync("index", "pictures", "--shard", $"{share}/2");
        }

        var forgotten = await _workplace.RunAsync("forget", "pictures/sea", "--yes");
        var left = await IdsAsync("offline-1024");
        for (var share = 0; share < 2; share++)
        {
            _ = await _workplace.RunAsync("index", "pictures", "--shard", $"{share}/2");
        }

        Assert.Contains("1 picture forgotten", forgotten.Out, StringComparison.Ordinal);
        Assert.Equal(3, left.Count);
        Assert.Equal(4, (await IdsAsync("offline-1024")).Count);
    }

    private async Task<IReadOnlyList<Guid>> IdsAsync(string name)
    {
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = _workplace.Home }, TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(name, CollectionAccess.Read, CancellationToken.None);
        var ids = new List<Guid>();
        await foreach (var point in collection.ListAsync(ImageFilter.All, CancellationToken.None))
        {
            ids.Add(point.Id);
        }

        return ids;
    }
}
