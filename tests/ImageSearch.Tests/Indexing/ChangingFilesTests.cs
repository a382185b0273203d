using ImageSearch.Indexing;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class ChangingFilesTests
{
    [Fact]
    public async Task Files_that_change_while_they_are_indexed_end_as_what_they_became()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 40);
        using var stop = new CancellationTokenSource();
        var churn = Task.Run(() => Churn(folder, stop.Token));
        for (var run = 0; run < 5; run++)
        {
            var results = await folder.IndexAsync();
            Assert.Equal(results.Select(result => result.Path).Distinct().Count(), results.Count);
        }

        await stop.CancelAsync();
        await churn;

        _ = await folder.IndexAsync();
        _ = await folder.IndexAsync();
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_file_that_is_gone_when_its_turn_comes_is_not_a_failure()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Options = folder.Options with { Readers = 1, Embedders = 1 };
        folder.WriteMany("a", 40);
        folder.Provider.Before = (call, _) =>
        {
            if (call == 1)
            {
                File.Delete(folder.PathOf("a/00039.bmp"));
            }

            return Task.CompletedTask;
        };

        var results = await folder.IndexAsync();

        Assert.Contains(new IndexResult.Skipped("a/00039.bmp", SkipReason.Vanished), results);
        Assert.Equal(39, await folder.CountAsync());
        await folder.CheckInvariantsAsync();
    }

    [LinuxFact]
    public void A_file_that_is_never_as_long_as_its_status_says_is_given_up()
    {
        // The system makes this file up: its status says 4,096 bytes, reading it gives a few.
        var failure = Assert.Throws<IOException>(() => StableFile.Read("/sys/devices/system/cpu/online", 1 << 20, TimeProvider.System));

        Assert.Equal("it changed while it was being read, 3 times", failure.Message);
    }

    private static void Churn(IndexedFolder folder, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        while (!cancellationToken.IsCancellationRequested)
        {
            var path = folder.PathOf($"a/{random.Next(40):D5}.bmp");
            switch (random.Next(4))
            {
                case 0:
                    File.Delete(path);
                    break;
                case 1:
                    File.WriteAllBytes(path, TinyPicture.Bmp(random.Next())[..random.Next(1, 246)]);
                    break;
                case 2:
                    File.WriteAllBytes(path + ".new", TinyPicture.Bmp(random.Next()));
                    File.Move(path + ".new", path, overwrite: true);
                    break;
                default:
                    File.WriteAllBytes(path, TinyPicture.Bmp(random.Next()));
                    break;
            }
        }
    }
}
