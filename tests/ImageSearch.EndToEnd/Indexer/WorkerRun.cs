using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ImageSearch.Indexer.Health;

namespace ImageSearch.EndToEnd.Indexer;

/// <summary>The worker as a child process, followed by what it logs.</summary>
internal sealed class WorkerRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly HttpClient _client = new();
    private readonly List<string> _messages = [];

    private WorkerRun(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it has logged so far, as far as it was read.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Starts it on a free port.</summary>
    public static WorkerRun Start(Workplace workplace, params string[] arguments) =>
        new(workplace.StartProgram("ImageSearch.Indexer.dll", ["--listen", "http://127.0.0.1:0", .. arguments]));

    /// <summary>Starts it and waits until it answers over HTTP.</summary>
    public static async Task<WorkerRun> StartedAsync(Workplace workplace, params string[] arguments)
    {
        var run = Start(workplace, arguments);
        var started = await run.UntilAsync("Worker started");
        run._client.BaseAddress = new Uri(started[started.LastIndexOf("http://", StringComparison.Ordinal)..]);
        return run;
    }

    /// <summary>Reads on until a message holds the text.</summary>
    public async Task<string> UntilAsync(string text, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            using var entry = JsonDocument.Parse(line);
            _messages.Add(entry.RootElement.GetProperty("Message").GetString()!);
            if (_messages[^1].Contains(text, StringComparison.Ordinal))
            {
                return _messages[^1];
            }
        }

        throw new InvalidOperationException($"The worker ended without \"{text}\". It said: {string.Join('\n', _messages)}\n{await _error}");
    }

    /// <summary>Reads on until each of the libraries is up to date.</summary>
    public Task UntilWatchedAsync(params string[] libraries) => UntilWatchedAsync(libraries, CancellationToken.None);

    /// <summary>Reads on until each of the libraries is up to date.</summary>
    public async Task UntilWatchedAsync(IReadOnlyList<string> libraries, CancellationToken cancellationToken)
    {
        foreach (var library in libraries)
        {
            var message = $"Library {library} is up to date";
            if (!_messages.Any(earlier => earlier.StartsWith(message, StringComparison.Ordinal)))
            {
                _ = await UntilAsync(message, cancellationToken);
            }
        }
    }

    /// <summary>What it says about its health.</summary>
    public async Task<(HttpStatusCode Status, HealthReport Report)> HealthAsync()
    {
        using var answer = await _client.GetAsync("/health/ready");
        return (answer.StatusCode, JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), HealthJson.Default.HealthReport)!);
    }

    /// <summary>A page as text.</summary>
    public Task<string> GetAsync(string path) => _client.GetStringAsync(path);

    /// <summary>Sends SIGTERM and waits for its end.</summary>
    public async Task<ProgramRun> TerminateAsync()
    {
        // The shell's own kill: the program of that name is not on every machine.
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
        await kill.WaitForExitAsync();
        return await EndAsync();
    }

    /// <summary>Waits for its end, reading everything it says.</summary>
    public async Task<ProgramRun> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var rest = await _process.StandardOutput.ReadToEndAsync(patience.Token);
        await _process.WaitForExitAsync(patience.Token);
        return new ProgramRun(_process.ExitCode, rest, await _error);
    }

    /// <summary>Ends it without warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _client.Dispose();
        _process.Dispose();
    }
}
