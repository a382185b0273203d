using System.Diagnostics;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Indexing;
using ImageSearch.Testing;
using Xunit;
using Xunit.Abstractions;

namespace ImageSearch.EndToEnd.Indexing;

/// <summary>The real program, killed without warning at random times while it indexes a folder that keeps changing.</summary>
public sealed class KillLoopTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 200;
    private const int Seed = 20240131;

    private readonly Workplace _workplace = new();
    private readonly Random _random = new(Seed);
    private int _pictures;

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task After_200_kills_every_file_is_in_the_collection_once_or_in_the_failure_list()
    {
        _workplace.Environment["IMAGESEARCH__Indexing__BatchSize"] = "8";
        AddPictures(100);
        File.WriteAllText(_workplace.PictureAt("broken.jpg"), "no picture");
        File.WriteAllText(_workplace.PictureAt("notes.txt"), "no picture");
        var (killed, underWay, whole) = (0, 0, await MeasureAsync());
        while (killed < Kills)
        {
            Change();
            var before = LastRun();
            var (ended, took) = await RunAsync(whole * (0.4 + (0.6 * _random.NextDouble())));
            var inTime = !ended && LastRun() != before;
            killed += ended ? 0 : 1;
            underWay += inTime ? 1 : 0;
            // A run that outlived its limit tells how long one takes now; one killed before it began, that the machine is slower.
            whole = ended ? took : inTime ? whole : whole * 1.25;
        }

        Assert.InRange(underWay, Kills / 4, Kills);
        var last = await _workplace.RunAsync("index", "pictures");
        Assert.Equal(3, last.ExitCode);
        var died = await CheckAsync();
        output.WriteLine($"seed {Seed}: {killed} kills, {underWay} of them while the run was under way; {_pictures} pictures written; {died} set aside");

        // Who was killed without a fault of his own is taken up by retry.
        _ = await _workplace.RunAsync("retry", "pictures");
        _ = await _workplace.RunAsync("index", "pictures");
        Assert.Equal(0, await CheckAsync());
    }

    private async Task<TimeSpan> MeasureAsync()
    {
        var (ended, took) = await RunAsync(TimeSpan.FromMinutes(1));
        Assert.True(ended);
        return took;
    }

    /// <summary>Runs the indexer, and kills it when the limit has passed.</summary>
    private async Task<(bool Ended, TimeSpan Took)> RunAsync(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        using var process = _workplace.Start("index", "pictures");
        using var time = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(time.Token);
            Assert.Equal(3, process.ExitCode);
            return (true, watch.Elapsed);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
            return (false, watch.Elapsed);
        }
    }

    /// <summary>Some pictures come, one changes, one goes, one moves.</summary>
    private void Change()
    {
        AddPictures(8);
        TinyPicture.Write(AnyPicture(), _random.Next());
        File.Delete(AnyPicture());
        File.Move(AnyPicture(), _workplace.PictureAt($"moved{_random.Next()}.bmp"));
    }

    private void AddPictures(int count)
    {
        for (var i = 0; i < count; i++)
        {
            TinyPicture.Write(_workplace.PictureAt($"{_pictures % 10}/{_pictures++:D5}.bmp"), _random.Next());
        }
    }

    private string AnyPicture()
    {
        var pictures = Directory.GetFiles(_workplace.Pictures, "*.bmp", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        return pictures[_random.Next(pictures.Count)];
    }

    private LedgerRun? LastRun()
    {
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = _workplace.Home }, TimeProvider.System);
        using var ledger = home.OpenLedger(home.Libraries.List().Single());
        return ledger.Status().LastRun;
    }

    /// <summary>Checks everything on disk against the files, and counts those set aside.</summary>
    private async Task<int> CheckAsync()
    {
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = _workplace.Home }, TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Read, CancellationToken.None);
        var library = Assert.Single(home.Libraries.List());
        using var ledger = home.OpenLedger(library);
        var status = ledger.Status();
        await IndexInvariants.CheckAsync(library, collection, status);
        var others = status.Failed.Where(failed => failed.Reason != ImageRefusal.CrashedTheDecoder).ToList();
        Assert.True(others is [{ Path: "broken.jpg" }], string.Join('\n', others));
        return status.Failed.Count - 1;
    }
}
