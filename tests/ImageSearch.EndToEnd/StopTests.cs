using System.Diagnostics;
using Xunit;

namespace ImageSearch.EndToEnd;

public sealed class StopTests : IDisposable
{
    private const int Pictures = 3000;
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_lets_the_run_finish_what_is_in_flight_and_the_next_run_goes_on(string signal, int exitCode)
    {
        for (var i = 0; i < Pictures; i++)
        {
            PngPicture.Write(_workplace.PictureAt($"{i:D4}.png"), (byte)i, (byte)(i >> 4), (byte)(i >> 8));
        }

        using var process = _workplace.Start("index", "pictures", "--verbose");
        var begun = await process.StandardError.ReadLineAsync();
        await SignalAsync(process, signal);
        var stopped = await Workplace.FinishAsync(process);
        var resumed = await _workplace.RunAsync("index", "pictures");
        var all = await _workplace.RunAsync("search", "--limit", "1000", "--output", "paths");

        Assert.Contains("Indexing library pictures", begun, StringComparison.Ordinal);
        Assert.Equal(exitCode, stopped.ExitCode);
        Assert.Contains("stopped early, run again to go on", stopped.Out, StringComparison.Ordinal);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Equal(1000, all.OutLines.Count);
    }

    [Fact]
    public async Task A_watch_indexes_what_is_added_and_keeps_other_indexers_out_until_it_is_stopped()
    {
        _workplace.AddPictures();
        using var process = _workplace.Start("index", "pictures", "--watch");
        var summary = await process.StandardOutput.ReadLineAsync();
        PngPicture.Write(_workplace.PictureAt("late.png"), 90, 90, 10);

        var added = await process.StandardOutput.ReadLineAsync();
        var other = await _workplace.RunAsync("index", "pictures");
        await SignalAsync(process, "INT");
        var stopped = await Workplace.FinishAsync(process);

        Assert.StartsWith("pictures: 4 files", summary, StringComparison.Ordinal);
        Assert.Equal("new      pictures/late.png", added);
        Assert.Equal(6, other.ExitCode);
        Assert.Equal(130, stopped.ExitCode);
        Assert.Equal("Watching for changes; Ctrl-C stops.\n", stopped.Error);
    }

    internal static async Task SignalAsync(Process process, string signal)
    {
        // The shell's own kill: the program of that name is not on every machine.
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
