using System.CommandLine;
using ImageSearch.Cli.Options;

namespace ImageSearch.Cli;

/// <summary>The way in: parses, runs, and turns what went wrong into one line and an exit code.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var shell = Shell.OfThisProcess();
        using var terminal = shell.Terminal;
        using var stop = new StopSignals();
        var root = CommandTree.Create(shell);
        var parsed = root.Parse(JudgeOptions.Completed(args), new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        terminal.NoColour |= parsed.GetValue(GlobalOptions.NoColour);
        if (parsed.Errors.Count > 0)
        {
            return (int)UsageErrors.Report(parsed, terminal);
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Out, Error = terminal.Error };
            var code = await parsed.InvokeAsync(invocation, stop.Token);
            return stop.IsStopping && code == (int)ExitCode.Done ? (int)stop.ExitCode : code;
        }
        catch (OperationCanceledException) when (stop.IsStopping)
        {
            return (int)stop.ExitCode;
        }
        catch (Exception exception)
        {
            return (int)Failure.Report(exception, terminal, parsed.GetValue(GlobalOptions.Verbose));
        }
    }
}
