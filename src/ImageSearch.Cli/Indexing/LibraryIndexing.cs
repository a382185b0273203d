using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Progress;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Indexes libraries one after another into one collection and remembers what came of each.</summary>
internal sealed class LibraryIndexing(Shell shell, ImageSearchHome home, StderrLogger<ImageIndexer> logger)
{
    private readonly List<LibraryRun> _runs = [];

    /// <summary>What came of each library so far, also of one whose run was stopped.</summary>
    public IReadOnlyList<LibraryRun> Runs => _runs;

    /// <summary>Indexes the libraries.</summary>
    public async Task IndexAsync(IReadOnlyList<LibraryRoot> libraries, CancellationToken cancellationToken)
    {
        await using var collection = await home.OpenCollectionAsync(Collections.CollectionAccess.Write, cancellationToken);
        foreach (var library in libraries)
        {
            using var ledger = home.OpenLedger(library);
            await IndexAsync(home.IndexerOf(collection, ledger, logger), library, cancellationToken);
        }
    }

    /// <summary>Indexes what changes in the libraries, until it is asked to stop; prints each change.</summary>
    public async Task WatchAsync(IReadOnlyList<LibraryRoot> libraries, CancellationToken cancellationToken)
    {
        await using var collection = await home.OpenCollectionAsync(Collections.CollectionAccess.Write, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(libraries.Select(async library =>
        {
            using var ledger = home.OpenLedger(library);
            try
            {
                await foreach (var result in home.IndexerOf(collection, ledger, logger).WatchAsync(library, stop.Token))
                {
                    ChangeLine.Write(shell.Terminal, library, result);
                }
            }
            finally
            {
                await stop.CancelAsync();
            }
        }));
    }

    private async Task IndexAsync(ImageIndexer indexer, LibraryRoot library, CancellationToken cancellationToken)
    {
        foreach (var other in indexer.OthersAtWork())
        {
            shell.Terminal.Error.WriteLine(SafeText.OneLine($"{library.Name} is also being indexed by {other}: what both share is done twice, safely and to no use."));
        }

        var tally = new IndexTally();
        var (started, before) = (shell.Time.GetTimestamp(), home.Spent);
        using var counting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var total = shell.Terminal.ErrorIsTerminal ? indexer.CountAsync(library, counting.Token) : Task.FromResult(0L);
        var isWhole = false;
        try
        {
            var display = new IndexDisplay(shell.Terminal, shell.Time, () => home.Pace, () => home.Spent);
            await display.FollowAsync(library.Name, indexer.IndexAsync(library, cancellationToken), total, tally, cancellationToken);
            isWhole = true;
        }
        finally
        {
            _runs.Add(new LibraryRun(library, home.CollectionName, tally.Summary, shell.Time.GetElapsedTime(started), home.Spent - before, isWhole));
            await counting.CancelAsync();
        }
    }
}
