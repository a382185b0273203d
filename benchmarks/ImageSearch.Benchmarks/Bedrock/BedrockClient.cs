using System.Diagnostics;
using System.Text.Json;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>A client in a process of its own, with the endpoint and the credentials in its environment as a user would have them.</summary>
internal sealed class BedrockClient : IDisposable
{
    private readonly Process _process;

    private BedrockClient(Process process) => _process = process;

    /// <summary>A round of this library: the arguments of <see cref="ClientRound"/>.</summary>
    internal static BedrockClient Start(BedrockServer server, params string[] round) =>
        StartProgram(server, [Environment.ProcessPath!, "bedrock", "round", .. round]);

    internal static BedrockClient StartProgram(BedrockServer server, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };
        start.Environment["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = server.Http1;
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDFAKEBEDROCK";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "fake-secret";
        start.Environment["NODE_NO_WARNINGS"] = "1";
        return new BedrockClient(Process.Start(start)!);
    }

    internal ClientReport Report()
    {
        var output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return _process.ExitCode == 0 && JsonSerializer.Deserialize<ClientReport>(output) is { } report
            ? report
            : throw new InvalidOperationException($"A client ended with code {_process.ExitCode}: {output}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

/// <summary>What a client says of its round.</summary>
/// <param name="Done">Files or inputs embedded.</param>
/// <param name="Failed">Files or inputs that were not.</param>
/// <param name="Seconds">Time of the round.</param>
/// <param name="CpuSeconds">CPU of the process, user and system.</param>
/// <param name="PeakBytes">Most resident memory of the process.</param>
internal sealed record ClientReport(long Done, long Failed, double Seconds, double CpuSeconds, long PeakBytes);
