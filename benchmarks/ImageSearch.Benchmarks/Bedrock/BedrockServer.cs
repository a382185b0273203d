using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Testing.Children;

namespace ImageSearch.Benchmarks.Bedrock;

/// <summary>The stand-in for Amazon Bedrock, in a process of its own.</summary>
internal sealed class BedrockServer : IDisposable
{
    private readonly Process _process;

    /// <param name="milliseconds">Latency of a good answer.</param>
    /// <param name="storm">What befalls the calls.</param>
    /// <param name="rate">Calls a second that a storm's half takes.</param>
    internal BedrockServer(int milliseconds, StormKind storm = StormKind.None, double rate = 0)
    {
        _process = ChildProgram.Start(
            BedrockChild.Serve, milliseconds.ToString(CultureInfo.InvariantCulture), storm.ToString(), rate.ToString(CultureInfo.InvariantCulture));
        var addresses = (_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The stand-in did not start.")).Split(' ');
        (Http1, Http2) = (addresses[0], addresses[1]);
    }

    internal string Http1 { get; }

    internal string Http2 { get; }

    /// <summary>What came in each second since the first call.</summary>
    internal IReadOnlyList<StormSecond> Seconds()
    {
        _process.StandardInput.WriteLine("seconds");
        return JsonSerializer.Deserialize<List<StormSecond>>(_process.StandardOutput.ReadLine() ?? "[]") ?? [];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
