using System.Diagnostics;

namespace ImageSearch.Benchmarks.Vision;

/// <summary>The command line program as a process, as <c>./imagesearch</c> builds it, whose output is read as it comes.</summary>
internal sealed class SearchChild : IDisposable
{
    private readonly Process _process;
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <param name="environment">Its variables, beside those of this process.</param>
    /// <param name="arguments">Its arguments.</param>
    public SearchChild(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }

    /// <summary>The program's assembly.</summary>
    public static string Program { get; } = Path.Combine(BenchmarkResults.Repository, "artifacts", "imagesearch", "ImageSearch.Cli.dll");

    /// <summary>Milliseconds since it was started.</summary>
    public double Milliseconds => Stopwatch.GetElapsedTime(_began).TotalMilliseconds;

    /// <summary>Reads so many bytes of its output.</summary>
    public async Task<byte[]> ReadAsync(int bytes)
    {
        var buffer = new byte[bytes];
        await _process.StandardOutput.BaseStream.ReadExactlyAsync(buffer);
        return buffer;
    }

    /// <summary>Reads to the next line break.</summary>
    public async Task ReadLineAsync()
    {
        while ((await ReadAsync(1))[0] != '\n')
        {
        }
    }

    /// <summary>Reads what is left, and waits for its end.</summary>
    public async Task<byte[]> EndAsync(params int[] expected)
    {
        using var rest = new MemoryStream();
        var error = _process.StandardError.ReadToEndAsync();
        await _process.StandardOutput.BaseStream.CopyToAsync(rest);
        await _process.WaitForExitAsync();
        return expected.Contains(_process.ExitCode) ? rest.ToArray() : throw new InvalidOperationException($"The program ended with {_process.ExitCode}: {await error}");
    }

    /// <summary>Does what Ctrl-C does.</summary>
    public async Task InterruptAsync()
    {
        using var signal = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await signal.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
