namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>Calls to Amazon Bedrock against a stand-in: how many, at what price in CPU, and what a storm of throttles does to them.</summary>
internal static class BedrockBenchmark
{
    internal static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["overhead", "round", .. var round]:
                await OverheadRound.RunAsync(round);
                return 0;
            case ["overhead"]:
                Console.WriteLine(Overhead.Run());
                return 0;
            default:
                return 2;
        }
    }

    /// <summary>The folder of the repository.</summary>
    internal static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The benchmark must run from inside the repository, to write its results there.");
    }
}
