using System.Diagnostics;
using System.Text.Json;
using ImageSearch.Cli.Output;

namespace ImageSearch.Cli.Serving;

/// <summary>
/// The server, a program of its own that lies beside this one: it needs the ASP.NET runtime, which a search from the shell should not.
/// </summary>
internal sealed class ServerProgram : IDisposable
{
    private const string Assembly = "ImageSearch.Server.dll";
    private const string Started = "Server started";

    private readonly Process _process;
    private readonly Terminal _terminal;
    private readonly bool _tellsAll;

    private ServerProgram(Process process, Terminal terminal, bool tellsAll) => (_process, _terminal, _tellsAll) = (process, terminal, tellsAll);

    /// <summary>Starts it.</summary>
    /// <param name="shell">Where it runs; it reads the same environment and files.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="tellsAll">Whether its whole log is shown on stderr, and not only what is a warning or worse.</param>
    /// <exception cref="UsageException">It is not there.</exception>
    public static ServerProgram Start(Shell shell, IReadOnlyList<string> arguments, bool tellsAll)
    {
        var path = Array.Find(
                [Path.Combine(AppContext.BaseDirectory, Assembly), Path.Combine(AppContext.BaseDirectory, "server", Assembly)], File.Exists)
            ?? throw new UsageException($"The server, {Assembly}, does not lie beside this program in {AppContext.BaseDirectory}. Start it by ./imagesearch serve, or publish src/ImageSearch.Server into the folder server there.");
        var start = new ProcessStartInfo(Runtime, [path, .. arguments]) { WorkingDirectory = shell.CurrentDirectory, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        return new ServerProgram(process, shell.Terminal, tellsAll);
    }

    /// <summary>Waits until it answers.</summary>
    /// <returns>Its address; null when it ended instead, having said why on stderr.</returns>
    public async Task<string?> AddressAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Tell(line) is { } message && message.StartsWith(Started, StringComparison.Ordinal))
            {
                return message[message.LastIndexOf("http", StringComparison.Ordinal)..];
            }
        }

        return null;
    }

    /// <summary>Follows it to its end, which a request to stop brings about.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        await using var stopping = cancellationToken.Register(Stop);
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _ = Tell(line);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    /// <summary>Ends it, where it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Stop();
        }

        _process.Dispose();
    }

    private static string Runtime =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    // A signal, so that runs of the indexer write what is finished; .NET itself can only kill.
    private void Stop()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
            return;
        }

        using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id} 2>/dev/null"]);
        kill.WaitForExit();
    }

    /// <summary>Shows a line of the log where it is worth it, and gives its message.</summary>
    private string? Tell(string line)
    {
        using var entry = JsonDocument.Parse(line);
        var message = entry.RootElement.GetProperty("Message").GetString();
        if (_tellsAll || entry.RootElement.GetProperty("LogLevel").GetString() is "Warning" or "Error" or "Critical")
        {
            _terminal.Error.WriteLine(SafeText.OneLine(message ?? ""));
            _terminal.Error.Flush();
        }

        return message;
    }
}
