using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

/// <summary>
/// A library's life by dice: files come, change, move, go; runs are stopped, the provider and the collection fail. After each
/// run that reaches its end the invariants must hold. The seed is the test's argument, so a failure can be run again.
/// </summary>
public sealed class SimulationTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_happens_a_run_that_ends_leaves_everything_in_step(int seed)
    {
        var random = new Random(seed);
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Options = folder.Options with { BatchSize = random.Next(1, 9), Readers = random.Next(1, 4), Embedders = random.Next(1, 4), MassDeletion = MassDeletion.Allow };
        for (var step = 0; step < 6; step++)
        {
            for (var change = random.Next(12); change >= 0; change--)
            {
                Change(folder, random);
            }

            await RunAsync(folder, random);
        }

        _ = await folder.IndexAsync();
        folder.Time.Advance(TimeSpan.FromMinutes(1));
        var calls = folder.Provider.Calls;
        var last = await folder.SummariseAsync();
        Assert.Equal((0L, calls), (last.New + last.Changed + last.Removed, folder.Provider.Calls));
        await folder.CheckInvariantsAsync();
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 60)];

    private static void Change(IndexedFolder folder, Random random)
    {
        var path = $"{(char)('a' + random.Next(3))}/{random.Next(8)}.bmp";
        var full = folder.PathOf(path);
        switch (random.Next(6))
        {
            case 0 when File.Exists(full):
                File.Delete(full);
                break;
            case 1 when File.Exists(full):
                File.Move(full, folder.PathOf($"{path[0]}/moved{random.Next(5)}.bmp"), overwrite: true);
                break;
            case 2 when File.Exists(full):
                File.SetLastWriteTimeUtc(full, new DateTime(2020, 1, 1, 0, 0, random.Next(60), DateTimeKind.Utc));
                break;
            case 3:
                folder.Write(path, seed: 1);
                File.WriteAllText(full, "no picture");
                break;
            default:
                folder.Write(path, seed: random.Next(20));
                break;
        }
    }

    private static async Task RunAsync(IndexedFolder folder, Random random)
    {
        using var stop = new CancellationTokenSource();
        var at = random.Next(10);
        var fault = random.Next(4);
        var start = folder.Provider.Calls;
        folder.Provider.Before = (call, _) => call - start != at ? Task.CompletedTask : fault switch
        {
            0 => stop.CancelAsync(),
            1 => throw new HttpRequestException("The provider is away."),
            _ => Task.CompletedTask,
        };
        var collection = folder.Collection;
        if (fault == 2)
        {
            folder.Collection = new FailingCollection(collection, failAt: at);
        }

        try
        {
            _ = await folder.IndexAsync(cancellationToken: stop.Token);
            if (Directory.EnumerateFileSystemEntries(folder.Root).Any())
            {
                await folder.CheckInvariantsAsync();
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or IndexException { Fault: not IndexFault.MassDeletion })
        {
            Assert.NotEqual(RunOutcome.Completed, folder.Ledger.Status().LastRun!.Outcome);
        }
        finally
        {
            folder.Collection = collection;
            folder.Provider.Before = (_, _) => Task.CompletedTask;
            folder.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
