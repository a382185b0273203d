using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Indexing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>What the client processes do; each prints a <see cref="ClientReport"/>.</summary>
internal static class ClientRound
{
    internal static async Task RunAsync(string[] args)
    {
        using var process = Process.GetCurrentProcess();
        var report = await (args switch
        {
            ["index", var home, var folder] => IndexAsync(home, folder),
            ["plain", var folder, var width] => PlainAsync(folder, Whole(width)),
            ["calls", var picture, var warmUps, var calls, var width] => CallAsync(picture, Whole(warmUps), Whole(calls), Whole(width)),
            _ => throw new ArgumentException($"no round: {string.Join(' ', args)}"),
        });
        process.Refresh();
        Console.WriteLine(JsonSerializer.Serialize(report with { PeakBytes = process.PeakWorkingSet64 }));
    }

    /// <summary>Indexes a folder as the command line does.</summary>
    private static async Task<ClientReport> IndexAsync(string homeFolder, string folder)
    {
        var watch = Stopwatch.StartNew();
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = homeFolder, Provider = EmbeddingProvider.Titan }, TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, CancellationToken.None);
        var library = home.Libraries.FindOrAdd(folder);
        using var ledger = home.OpenLedger(library);
        var tally = new IndexTally();
        await foreach (var result in home.IndexerOf(collection, ledger, NullLogger<ImageIndexer>.Instance).IndexAsync(library))
        {
            tally.Add(result);
        }

        // What the collection holds, not what the indexer says of it.
        return new ClientReport(
            await collection.CountAsync(ImageFilter.All, CancellationToken.None), tally.Summary.Failed, watch.Elapsed.TotalSeconds, CpuTime().TotalSeconds, 0);
    }

    /// <summary>Embeds every file of a folder with the SDK's three attempts and nothing above them; a file whose call fails has failed.</summary>
    private static async Task<ClientReport> PlainAsync(string folder, int width)
    {
        var watch = Stopwatch.StartNew();
        var (done, failed) = (0L, 0L);
        using var titan = new TitanEmbeddingGenerator(new TitanOptions());
        await Parallel.ForEachAsync(
            Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories),
            new ParallelOptions { MaxDegreeOfParallelism = width },
            async (file, stopping) =>
            {
                try
                {
                    await titan.GenerateAsync([EmbeddingInput.Picture(await File.ReadAllBytesAsync(file, stopping), "image/jpeg")], null, stopping);
                    Interlocked.Increment(ref done);
                }
                catch (EmbeddingException)
                {
                    Interlocked.Increment(ref failed);
                }
            });
        return new ClientReport(done, failed, watch.Elapsed.TotalSeconds, CpuTime().TotalSeconds, 0);
    }

    /// <summary>The same as benchmarks/peers/bedrock/round.mjs: the CPU of calls alone, from the input to the numbers of its vector.</summary>
    private static async Task<ClientReport> CallAsync(string picture, int warmUps, int calls, int width)
    {
        var bytes = picture == "-" ? null : await File.ReadAllBytesAsync(picture);
        using var titan = new TitanEmbeddingGenerator(new TitanOptions());

        await EmbedAsync(warmUps);
        var (watch, before) = (Stopwatch.StartNew(), CpuTime());
        await EmbedAsync(calls);
        return new ClientReport(calls, 0, watch.Elapsed.TotalSeconds, (CpuTime() - before).TotalSeconds, 0);

        Task EmbedAsync(int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = width }, async (call, stopping) =>
        {
            AIContent content = bytes is null ? new TextContent("a red flower on green grass") : EmbeddingInput.Picture(bytes, "image/jpeg");
            await titan.GenerateAsync([content], null, stopping);
        });
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
