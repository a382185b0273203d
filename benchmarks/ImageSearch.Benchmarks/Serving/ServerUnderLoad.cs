using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImageSearch.Benchmarks.Million;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Benchmarks.Serving;

/// <summary>The server as a child process, and autocannon as another that asks it.</summary>
internal sealed class ServerUnderLoad : IDisposable
{
    /// <summary>Where `./imagesearch setup` puts the programs, compiled ahead.</summary>
    private static readonly string Published = Path.Combine(BenchmarkResults.Repository, "artifacts", "imagesearch");

    private readonly Process _server;
    private readonly string _address;

    private ServerUnderLoad(Process server, string address) => (_server, _address) = (server, address);

    /// <summary>Bytes of memory that are the server's own now.</summary>
    public long OwnMemory => ProcessMemory.Of(_server.Id, "RssAnon");

    /// <summary>Bytes of the files that the server has mapped, such as the index, that are in memory now.</summary>
    public long MemoryOfFiles => ProcessMemory.Of(_server.Id, "RssFile");

    /// <summary>Starts the server over a home folder and waits until it answers.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="bedrock">The stand-in that embeds what is asked; null for the offline model.</param>
    public static ServerUnderLoad Start(string home, FakeBedrock? bedrock)
    {
        var server = Child(home, bedrock, Path.Combine(Published, "server", "ImageSearch.Server.dll"), "--listen", "http://127.0.0.1:0");
        while (server.StandardOutput.ReadLine() is { } line)
        {
            var message = JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString()!;
            if (message.Contains("Server started", StringComparison.Ordinal))
            {
                _ = server.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ServerUnderLoad(server, message[message.LastIndexOf("http://", StringComparison.Ordinal)..]);
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }

    /// <summary>Starts the command line over a home folder.</summary>
    public static Process StartCommand(string home, FakeBedrock? bedrock, params string[] arguments) =>
        Child(home, bedrock, [Path.Combine(Published, "ImageSearch.Cli.dll"), .. arguments]);

    /// <summary>Asks for a while.</summary>
    public JsonElement Ask(string kind, int seconds)
    {
        var start = new ProcessStartInfo("node", ["load.js", _address, kind, seconds.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = Path.Combine(BenchmarkResults.Repository, "benchmarks", "load"),
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        var told = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return node.ExitCode == 0 ? JsonDocument.Parse(told).RootElement : throw new InvalidOperationException($"The load tool failed: {told}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    private static Process Child(string home, FakeBedrock? bedrock, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["IMAGESEARCH_HOME"] = home;

        if (bedrock is not null)
        {
            start.Environment["IMAGESEARCH__Embedding__Provider"] = "titan";
            start.Environment["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = bedrock.Http1.ToString();
            start.Environment["AWS_REGION"] = "us-east-1";
            start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDFAKEBEDROCK";
            start.Environment["AWS_SECRET_ACCESS_KEY"] = "fake-secret";
        }

        // One client is all the load there is here: the limit on each would hide what the server can do.
        start.Environment["IMAGESEARCH__Server__RequestsPerSecond"] = "1000000";
        return Process.Start(start)!;
    }
}
