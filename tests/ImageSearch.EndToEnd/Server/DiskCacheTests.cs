using ImageSearch.Server.Pictures;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

public sealed class DiskCacheTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task What_was_written_is_read_and_replaced()
    {
        var cache = new DiskCache(_folder.Path, 1_000_000);
        Assert.Null(cache.Open("abc-1"));

        await cache.WriteAsync("abc-1", TinyPicture.Bmp(1), CancellationToken.None);
        await cache.WriteAsync("abc-1", TinyPicture.Bmp(2), CancellationToken.None);

        await using var file = cache.Open("abc-1")!;
        Assert.Equal(TinyPicture.Bmp(2).Length, file.Length);
        Assert.Single(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(-1)]
    public async Task A_damaged_file_is_not_given_out(int length)
    {
        var cache = new DiskCache(_folder.Path, 1_000_000);
        var whole = DataSamples.Read("drawings/rose.webp");
        await cache.WriteAsync("abc-1", whole, CancellationToken.None);
        var path = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Single();

        File.WriteAllBytes(path, length < 0 ? new byte[whole.Length] : whole[..length]);

        Assert.Null(cache.Open("abc-1"));
    }

    [Fact]
    public async Task The_oldest_go_and_the_bound_holds()
    {
        var size = TinyPicture.Bmp(0).Length;
        var cache = new DiskCache(_folder.Path, size * 10);
        for (var i = 0; i < 30; i++)
        {
            await cache.WriteAsync($"{i:x2}-1", TinyPicture.Bmp(i), CancellationToken.None);
            File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, $"{i:x2}", $"{i:x2}-1"), DateTime.UnixEpoch.AddSeconds(i));
        }

        var left = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.InRange(left.Length, 8, 10);
        Assert.NotNull(cache.Open($"{29:x2}-1"));
        Assert.Null(cache.Open("00-1"));
    }

    public void Dispose() => _folder.Dispose();
}
