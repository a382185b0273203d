using ImageSearch.Indexer.Settings;
using ImageSearch.Indexing;
using ImageSearch.Settings;

namespace ImageSearch.Indexer;

/// <summary>The way in. Exit codes: 0 stopped when asked to, 1 failed, 2 wrong arguments or configuration.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["--help"] or ["-h"])
        {
            Console.WriteLine(WorkerArguments.Help);
            return 0;
        }

        try
        {
            var options = WorkerArguments.Read(arguments);
            using var home = new ImageSearchHome(options.Search, TimeProvider.System);
            await using var app = WorkerHost.Build(options, home, WorkedLibrary.Of(home, options));
            var worker = app.Services.GetRequiredService<IndexWorker>();
            await app.RunAsync();
            return worker.ExecuteTask is { IsFaulted: true } ? 1 : 0;
        }
        catch (Exception failure) when (failure is SettingException or EmbeddingException)
        {
            return Fail(failure, exitCode: 2);
        }
        catch (Exception failure) when (failure is IOException or IndexException)
        {
            return Fail(failure, exitCode: 1);
        }
    }

    private static int Fail(Exception failure, int exitCode)
    {
        Console.Error.WriteLine($"error: {failure.Message}");
        return exitCode;
    }
}
