using System.Diagnostics;
using System.Globalization;
using ImageSearch.Embedding;
using Microsoft.Extensions.AI;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>One round of the overhead benchmark with this library; the same as benchmarks/peers/bedrock/round.mjs.</summary>
internal static class OverheadRound
{
    /// <param name="args">The picture's path or "-" for a text, calls to warm up with, calls, and how many of them at once. The endpoint and the credentials are in the environment.</param>
    internal static async Task RunAsync(string[] args)
    {
        var numbers = args[1..].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var (warmUps, calls, width) = (numbers[0], numbers[1], numbers[2]);
        var bytes = args[0] == "-" ? null : await File.ReadAllBytesAsync(args[0]);
        using var titan = new TitanEmbeddingGenerator(new TitanOptions());

        await CallAsync(warmUps);
        var before = CpuTime();
        await CallAsync(calls);
        Console.WriteLine(((CpuTime() - before).TotalMilliseconds / calls).ToString(CultureInfo.InvariantCulture));

        Task CallAsync(int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = width }, async (call, stopping) =>
        {
            AIContent content = bytes is null ? new TextContent("a red flower on green grass") : EmbeddingInput.Picture(bytes, "image/jpeg");
            await titan.GenerateAsync([content], null, stopping);
        });
    }

    private static TimeSpan CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
