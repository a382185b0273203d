using System.Diagnostics;

namespace ImageSearch.Benchmarks;

/// <summary>This program as a child of itself, where what is measured must have a process of its own.</summary>
internal static class BenchmarkProcess
{
    /// <summary>How it is started with these arguments; its output is read.</summary>
    public static ProcessStartInfo Of(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(BenchmarkProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
