using System.Globalization;
using System.Text;
using System.Text.Json;
using ImageSearch.Benchmarks.Indexing;
using ImageSearch.Benchmarks.Searching;
using ImageSearch.Collections;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Benchmarks.Serving;

/// <summary>How many questions a second the server answers and how long each takes, asked by autocannon from a process of its own.</summary>
internal static class ServingBenchmark
{
    private const int DefaultCount = 100_000;
    private const int Photos = 500;
    private const int PhotosBeside = 20_000;
    private const int Seconds = 15;
    private const int PacedRate = 300;

    // .NET compiles what is called often once more, better: for the first seconds it does so beside the work.
    private const int WarmUpSeconds = 15;
    private const int OverloadSeconds = 30;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments is [var given] ? int.Parse(given, CultureInfo.InvariantCulture) : DefaultCount;
        var folder = Directory.CreateTempSubdirectory("imagesearch-bench-").FullName;
        try
        {
            var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
            _ = IndexingBenchmark.WritePictures(Path.Combine(folder, "photos"), Photos);
            _ = IndexingBenchmark.WritePictures(Path.Combine(folder, "more"), PhotosBeside);
            await using var bedrock = await ClusteredPoints.StartModelAsync();
            await FillAsync(new ImageSearchOptions { Home = Path.Combine(folder, "titan"), Provider = EmbeddingProvider.Titan }, count, ClusteredPoints.AddAsync);
            await FillAsync(new ImageSearchOptions { Home = Path.Combine(folder, "offline") }, count, MadeUpPoints.AddAsync);
            using (var index = ServerUnderLoad.StartCommand(Path.Combine(folder, "titan"), bedrock, "index", Path.Combine(folder, "photos")))
            {
                await index.WaitForExitAsync();
            }

            Write(count, load, [.. Measure(Path.Combine(folder, "titan"), bedrock, Path.Combine(folder, "more")), MeasureOffline(Path.Combine(folder, "offline"))]);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(ImageSearchOptions options, int count, Func<IImageCollection, int, Task> add)
    {
        using var home = new ImageSearchHome(options, TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, CancellationToken.None);
        await add(collection, count);
        await collection.CompactAsync(CancellationToken.None);
    }

    private static List<Row> Measure(string home, FakeBedrock bedrock, string more)
    {
        using var server = ServerUnderLoad.Start(home, bedrock);
        _ = server.Ask("search", WarmUpSeconds);
        var rows = new List<Row>
        {
            Ask(server, "three words, 50 hits", "search", Seconds),
            Ask(server, $"three words, {PacedRate} asked a second", $"search:{PacedRate}", Seconds),
            Ask(server, "three words and two filters, 50 hits", "filtered", Seconds),
            Ask(server, "thumbnails of 320 pixels, from disk", "thumbnails", Seconds),
        };
        using (var index = ServerUnderLoad.StartCommand(home, bedrock, "index", more))
        {
            rows.Add(Ask(server, "three words, while another process indexes at full speed", "search", Seconds));
            if (!index.HasExited)
            {
                index.Kill();
            }

            index.WaitForExit();
        }

        rows.Add(Ask(server, $"three words from 80 clients for {OverloadSeconds} s: ten times too much", "overload", OverloadSeconds));
        rows.Add(Ask(server, "three words, right after that", "search", Seconds));
        return rows;
    }

    private static Row MeasureOffline(string home)
    {
        using var server = ServerUnderLoad.Start(home, bedrock: null);
        _ = server.Ask("search", WarmUpSeconds);
        return Ask(server, "three words, 50 hits, the offline model, which compares exactly", "search", Seconds);
    }

    private static Row Ask(ServerUnderLoad server, string name, string kind, int seconds)
    {
        var told = server.Ask(kind, seconds);
        return new Row(name, told, server.OwnMemory >> 20, server.MemoryOfFiles >> 20);
    }

    private static void Write(int count, string load, List<Row> rows)
    {
        var text = new StringBuilder();
        text.AppendLine("# The server under load");
        text.AppendLine();
        text.AppendLine("`./imagesearch setup`, `npm ci` in benchmarks/load, then `./imagesearch bench serving`");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            A collection of {count:N0} made-up pictures in the home folder, {Photos} small files of a library beside them. Their vectors are spread as those of image
            models are, and so are those of the texts, which a stand-in for Amazon Bedrock gives; in the last row they are as the offline model makes them. autocannon
            9.0.0 asks from a process of its own on the same machine, with 8 clients that ask again at once unless the row says otherwise; 200 different questions, each
            asked once before, so that the vectors of their words are known; answers are not kept, and the server has worked for {WarmUpSeconds} seconds. Milliseconds until an answer is whole. Own memory is what the
            process holds beside mapped files, which are the index. {Environment.ProcessorCount} processors for the server and the load tool together,
            .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd}; load when it began {load}.

            | asked | answers a second | p50 | p99 | sent away (429, 503) | p99 of those | other errors | own memory, MB | of mapped files, MB |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """);
        foreach (var row in rows)
        {
            text.AppendLine(row.ToString());
        }

        text.AppendLine();
        text.AppendLine(Goals);
        text.AppendLine();
        text.AppendLine(Peers);
        BenchmarkResults.Write("serving.md", text.ToString());
    }

    private const string Goals =
        """
        Goals: 600 answers a second at a p50 of 6 ms and a p99 of 25 ms with 8 clients, at most twice that p99 beside an indexer, 1,000 thumbnails a second, what is
        too much sent away within 100 ms, 250 MB beyond the index. Eight clients that ask again at once wait on average for 8 divided by the answers a second.
        The words of the made-up pictures are as frequent as in language, and the questions are made of the same: most ask for words that a great part of all
        pictures has. While another process indexes, it, the stand-in for its model, the server and the load tool share the two processors.
        """;

    private const string Peers =
        """
        What others publish, on their own machines and with their own models, so that it can be compared with nothing here:

        | program | published | source |
        | --- | --- | --- |
        | clip-retrieval | 50 ms from text to hits including the encoder, about 20 queries a second on a memory-mapped faiss index; of 20 calls: nearest neighbours 27 ms, metadata 41 ms, text encoder 19 ms | its README |
        | clip-as-service | text encoder alone, on a TITAN RTX: 1,064 queries a second (ViT-B-32) to 642 (ViT-H-14) | docs/user-guides/benchmark.rst |
        | engineered.at | 1.5 million images in under 100 ms on a laptop, index about 3 GB | a summary of it, second hand |
        | immich | text encoder on a Ryzen 7800X3D: 2.26 ms (ViT-B-32) to 108 ms (ViT-H-14-378) | docs/docs/features/searching.md |
        """;

    /// <summary>What came of one load.</summary>
    private sealed record Row(string Name, JsonElement Told, long OwnMemory, long MemoryOfFiles)
    {
        public override string ToString()
        {
            var statuses = Told.GetProperty("byStatus").EnumerateObject().ToDictionary(status => status.Name, status => status.Value);
            var shed = statuses.Where(status => status.Key is "429" or "503").Select(status => status.Value).ToList();
            var other = statuses.Where(status => status.Key is not ("200" or "429" or "503")).Sum(status => Count(status.Value))
                + Told.GetProperty("errors").GetInt64() + Told.GetProperty("timeouts").GetInt64();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {Name} | {Told.GetProperty("perSecond").GetDouble():N0} | {Of(statuses, "p50")} | {Of(statuses, "p99")} | {shed.Sum(Count):N0} | {(shed.Count == 0 ? "" : shed.Max(status => status.GetProperty("p99").GetDouble()).ToString("0.0", CultureInfo.InvariantCulture))} | {other} | {OwnMemory} | {MemoryOfFiles} |");
        }

        private static long Count(JsonElement status) => status.GetProperty("count").GetInt64();

        private static string Of(Dictionary<string, JsonElement> statuses, string share) =>
            statuses.TryGetValue("200", out var answered) ? answered.GetProperty(share).GetDouble().ToString("0.0", CultureInfo.InvariantCulture) : "";
    }
}
