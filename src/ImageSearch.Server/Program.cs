using ImageSearch.Server.Settings;
using ImageSearch.Settings;

namespace ImageSearch.Server;

/// <summary>The way in. Exit codes: 0 stopped when asked to, 1 failed, 2 wrong arguments or configuration.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["--help"] or ["-h"])
        {
            Console.WriteLine(ServerArguments.Help);
            return 0;
        }

        try
        {
            var options = ServerArguments.Read(arguments);
            using var home = new ImageSearchHome(options.Search, TimeProvider.System);
            await using var app = ServerHost.Build(options, home);
            await app.RunAsync();
            return 0;
        }
        catch (Exception failure) when (failure is SettingException or EmbeddingException)
        {
            return Fail(failure, exitCode: 2);
        }
        catch (IOException failure)
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
