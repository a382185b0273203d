using System.Collections.Concurrent;
using ImageSearch.Imaging;
using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class InterruptionTests
{
    [Fact]
    public async Task A_second_indexer_of_a_library_is_refused_and_told_who_holds_it()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 5);
        await using var first = folder.Indexer().IndexAsync(folder.Library).GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());

        var refused = await Assert.ThrowsAsync<IndexException>(() => folder.IndexAsync());

        Assert.Equal(IndexFault.LibraryLocked, refused.Fault);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}, since", refused.Message);
        await first.DisposeAsync();
        Assert.Equal(5, (await folder.SummariseAsync()).Found);
    }

    [Fact]
    public async Task Eight_indexers_at_once_do_the_work_of_one()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 60);

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await folder.IndexAsync()).Count;
            }
            catch (IndexException refused) when (refused.Fault == IndexFault.LibraryLocked)
            {
                return 0;
            }
        })));

        Assert.Contains(60, runs);
        Assert.Equal(60, folder.Provider.Calls);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_request_to_stop_is_followed_by_writing_what_is_finished()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 300);
        using var stop = new CancellationTokenSource();
        folder.Provider.Before = (call, _) => call == 50 ? stop.CancelAsync() : Task.CompletedTask;
        var seen = new ConcurrentBag<IndexResult>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in folder.Indexer().IndexAsync(folder.Library, stop.Token))
            {
                seen.Add(result);
            }
        });

        // All that were embedded or under way at the time were written, and none was given out that was not.
        Assert.Equal(folder.Provider.Calls, seen.Count);
        Assert.InRange(seen.Count, 50, 60);
        Assert.Equal(seen.Count, await folder.CountAsync());
        Assert.Equal(RunOutcome.Interrupted, folder.Ledger.Status().LastRun!.Outcome);

        Assert.Equal(300 - seen.Count, (await folder.SummariseAsync()).New);
        Assert.Equal(300, folder.Provider.Calls);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_provider_that_hangs_holds_a_stop_up_no_longer_than_the_drain()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 20);
        using var stop = new CancellationTokenSource();
        folder.Provider.Before = async (call, cancellationToken) =>
        {
            if (call == 3)
            {
                await stop.CancelAsync();
            }

            if (call >= 3)
            {
                var hanging = Task.Delay(Timeout.Infinite, cancellationToken);
                folder.Time.Advance(folder.Options.DrainTimeLimit);
                await hanging;
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => folder.IndexAsync(cancellationToken: stop.Token));

        folder.Provider.Before = (_, _) => Task.CompletedTask;
        _ = await folder.IndexAsync();
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_caller_that_turns_away_leaves_a_library_that_can_be_resumed()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 100);
        await foreach (var result in folder.Indexer().IndexAsync(folder.Library))
        {
            Assert.IsType<IndexResult.Indexed>(result);
            break;
        }

        Assert.Equal(RunOutcome.Interrupted, folder.Ledger.Status().LastRun!.Outcome);
        _ = await folder.IndexAsync();
        Assert.Equal(100, folder.Provider.Calls);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_provider_that_refuses_stops_the_run_at_once_and_what_it_gave_is_kept()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 200);
        folder.Provider.Before = (call, _) => call > 40 ? throw new HttpRequestException("403: no access to the model.") : Task.CompletedTask;

        var refused = await Assert.ThrowsAsync<IndexException>(() => folder.IndexAsync());

        Assert.Equal(IndexFault.ProviderRefused, refused.Fault);
        Assert.Contains("403: no access to the model.", refused.Message);
        Assert.InRange(folder.Provider.Calls, 41, 50);
        Assert.Equal(40, await folder.CountAsync());
        var status = folder.Ledger.Status();
        Assert.Empty(status.Failed);
        Assert.Equal((RunOutcome.Stopped, refused.Message), (status.LastRun!.Outcome, status.LastRun.Message));

        folder.Provider.Before = (_, _) => Task.CompletedTask;
        Assert.Equal(160, (await folder.SummariseAsync()).New);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_collection_that_fails_stops_the_run_and_nothing_is_marked_done()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 40);
        await folder.Collection.DisposeAsync();
        folder.Collection = new FailingCollection(await folder.OpenCollectionAsync(), failAt: 2);

        var failed = await Assert.ThrowsAsync<IndexException>(() => folder.IndexAsync());

        Assert.Equal(IndexFault.CollectionUnusable, failed.Fault);
        var status = folder.Ledger.Status();
        Assert.Equal(await folder.CountAsync(), status.Indexed);
        Assert.True(status.Pending > 0);
        _ = await folder.IndexAsync();
        Assert.Equal(40, folder.Provider.Calls);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_file_on_which_the_process_died_is_tried_alone_last_and_then_set_aside()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.WriteMany("a", 5);
        Die(folder, ("a/00001.bmp", Alone: false), ("a/00003.bmp", Alone: false));
        var asked = new ConcurrentQueue<string>();

        var results = await folder.IndexAsync();

        // Both turn out to be innocent.
        Assert.Equal(["a/00001.bmp", "a/00003.bmp"], results.TakeLast(2).Select(result => result.Path));
        Assert.Equal(5, results.OfType<IndexResult.Indexed>().Count());
        await folder.CheckInvariantsAsync();

        folder.Write("a/00003.bmp", 900);
        Die(folder, ("a/00003.bmp", Alone: true));
        var failed = Assert.IsType<IndexResult.Failed>(Assert.Single(await folder.IndexAsync(), result => result is not IndexResult.Unchanged));
        Assert.Equal(("a/00003.bmp", ImageRefusal.CrashedTheDecoder, true), (failed.Path, failed.Reason, failed.Earlier));
        Assert.Contains("retry", failed.Message);
        Assert.Equal(failed.Message, Assert.Single(folder.Ledger.Status().Failed).Message);
        await folder.CheckInvariantsAsync();

        Assert.Equal(1, folder.Indexer().Retry(folder.Library));
        Assert.Equal(1, (await folder.SummariseAsync()).Embedded);
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_file_that_was_set_aside_is_taken_up_when_it_changes()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        Die(folder, ("a.bmp", Alone: true));
        Assert.IsType<IndexResult.Failed>(Assert.Single(await folder.IndexAsync()));

        folder.Write("a.bmp", 2);

        Assert.IsType<IndexResult.Indexed>(Assert.Single(await folder.IndexAsync()));
        await folder.CheckInvariantsAsync();
    }

    [Fact]
    public async Task A_process_that_is_killed_while_a_picture_waits_for_its_provider_did_not_die_of_it()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("a.bmp", 1);
        var noted = new List<int>();
        folder.Provider.Taken = picture =>
        {
            noted.Add(Noted(folder));
            EmbeddingInput.MarkSent(picture);
            noted.Add(Noted(folder));
        };

        await folder.IndexAsync();

        Assert.Equal([1, 0], noted);
    }

    private static int Noted(IndexedFolder folder)
    {
        using var journal = InFlightJournal.Open(folder.Ledger.Location + ".inflight");
        return journal.Leftover.Count;
    }

    /// <summary>Leaves behind what a process leaves that is killed while it is on these files.</summary>
    private static void Die(IndexedFolder folder, params (string Path, bool Alone)[] files)
    {
        using var journal = InFlightJournal.Open(folder.Ledger.Location + ".inflight");
        foreach (var (slot, file) in files.Index())
        {
            _ = journal.Begin(slot, new InFlightFile(file.Path, FileSystemReader.Look(folder.PathOf(file.Path)).Stamp, file.Alone));
        }
    }
}
