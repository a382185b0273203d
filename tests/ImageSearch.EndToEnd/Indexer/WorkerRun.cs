using System.Net;
using System.Text.Json;
using ImageSearch.Indexer.Health;

namespace ImageSearch.EndToEnd.Indexer;

/// <summary>The worker as a child process, followed by what it logs.</summary>
internal sealed class WorkerRun : IAsyncDisposable
{
    private readonly LoggedProgram _program;
    private readonly HttpClient _client = new();

    private WorkerRun(LoggedProgram program) => _program = program;

    /// <summary>What it has logged so far, as far as it was read.</summary>
    public IReadOnlyList<string> Messages => _program.Messages;

    /// <summary>Starts it on a free port.</summary>
    public static WorkerRun Start(Workplace workplace, params string[] arguments) =>
        new(LoggedProgram.Start(workplace, "ImageSearch.Indexer.dll", arguments));

    /// <summary>Starts it and waits until it answers over HTTP.</summary>
    public static async Task<WorkerRun> StartedAsync(Workplace workplace, params string[] arguments)
    {
        var run = Start(workplace, arguments);
        run._client.BaseAddress = await run._program.AddressAsync("Worker started");
        return run;
    }

    /// <summary>Reads on until a message holds the text.</summary>
    public Task<string> UntilAsync(string text, CancellationToken cancellationToken = default) => _program.UntilAsync(text, cancellationToken);

    /// <summary>Reads on until each of the libraries is up to date.</summary>
    public Task UntilWatchedAsync(params string[] libraries) => UntilWatchedAsync(libraries, CancellationToken.None);

    /// <summary>Reads on until each of the libraries is up to date.</summary>
    public async Task UntilWatchedAsync(IReadOnlyList<string> libraries, CancellationToken cancellationToken)
    {
        foreach (var library in libraries)
        {
            var message = $"Library {library} is up to date";
            if (!Messages.Any(earlier => earlier.StartsWith(message, StringComparison.Ordinal)))
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

    /// <summary>Asks until it says that something is down: between two tries it may hope for the best.</summary>
    public async Task<HealthReport> UntilDegradedAsync()
    {
        while (true)
        {
            if (await HealthAsync() is { Status: HttpStatusCode.ServiceUnavailable, Report: var report })
            {
                return report;
            }
        }
    }

    /// <summary>A page as text.</summary>
    public Task<string> GetAsync(string path) => _client.GetStringAsync(path);

    /// <summary>Sends SIGTERM and waits for its end.</summary>
    public Task<ProgramRun> TerminateAsync() => _program.TerminateAsync();

    /// <summary>Waits for its end, reading everything it says.</summary>
    public Task<ProgramRun> EndAsync() => _program.EndAsync();

    /// <summary>Ends it without warning.</summary>
    public Task KillAsync() => _program.KillAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _client.Dispose();
    }
}
