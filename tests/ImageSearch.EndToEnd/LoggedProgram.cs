using System.Diagnostics;
using System.Text.Json;

namespace ImageSearch.EndToEnd;

/// <summary>A program that runs until it is stopped, as a child process that is followed by what it logs as JSON.</summary>
internal sealed class LoggedProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _name;
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _messages = [];

    private LoggedProgram(string name, Process process)
    {
        (_name, _process) = (name, process);
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it has logged so far, as far as it was read.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts one of the programs on a free port.</summary>
    public static LoggedProgram Start(Workplace workplace, string assembly, params string[] arguments) =>
        new(assembly, workplace.StartProgram(assembly, ["--listen", "http://127.0.0.1:0", .. arguments]));

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

        throw new InvalidOperationException($"{_name} ended without \"{text}\". It said: {string.Join('\n', _messages)}\n{await _error}");
    }

    /// <summary>Reads on until it says where it answers.</summary>
    public async Task<Uri> AddressAsync(string startedMessage)
    {
        var started = await UntilAsync(startedMessage);
        return new Uri(started[started.LastIndexOf("http://", StringComparison.Ordinal)..]);
    }

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

        _process.Dispose();
    }
}
