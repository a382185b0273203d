using ImageSearch.Indexing;
using ImageSearch.Pacing;
using Spectre.Console;

namespace ImageSearch.Cli.Output.Progress;

/// <summary>Follows a run: on a terminal by a moving line with failures above it, in a pipe silently.</summary>
/// <param name="terminal">Where to print.</param>
/// <param name="time">The clock.</param>
/// <param name="pace">How the provider's calls come along; null where none is called.</param>
/// <param name="spent">What was spent so far, in US dollars; null where nothing costs.</param>
internal sealed class IndexDisplay(Terminal terminal, TimeProvider time, Func<CallPaceStatus?> pace, Func<decimal?> spent)
{
    /// <summary>So many failures are shown as they come; the ledger lists them all.</summary>
    private const int ShownFailures = 20;
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Consumes the results of a run and gives their counts.</summary>
    /// <param name="library">What is being indexed.</param>
    /// <param name="results">The results as they come.</param>
    /// <param name="total">Finds out how many entries there are; its answer may come late or never.</param>
    /// <param name="tally">Counts the results, also those before a failure of the run.</param>
    /// <param name="cancellationToken">Asks the run to stop.</param>
    public async Task FollowAsync(
        string library, IAsyncEnumerable<IndexResult> results, Task<long> total, IndexTally tally, CancellationToken cancellationToken)
    {
        if (!terminal.ErrorIsTerminal)
        {
            await foreach (var result in results)
            {
                tally.Add(result);
            }

            return;
        }

        var rate = new RateMeter(time);
        await terminal.ErrorConsole.Live(new Text("")).AutoClear(true).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(RefreshEvery, time);
            var counting = CountAsync(results, tally);
            do
            {
                long? all = total.IsCompletedSuccessfully ? await total : null;
                live.UpdateTarget(ProgressLine.Draw(
                    library, tally.Summary, all, rate.Measure(tally.Summary.Found), pace(), spent(), cancellationToken.IsCancellationRequested));
                await Task.WhenAny(counting, timer.WaitForNextTickAsync(CancellationToken.None).AsTask());
            }
            while (!counting.IsCompleted);
            await counting;
        });
    }

    private async Task CountAsync(IAsyncEnumerable<IndexResult> results, IndexTally tally)
    {
        await foreach (var result in results)
        {
            tally.Add(result);
            if (result is IndexResult.Failed { Earlier: false } failed && tally.Summary.Failed <= ShownFailures)
            {
                terminal.WriteAbove("failed", Color.Red, $"{failed.Path}: {failed.Message}");
            }
        }
    }
}
