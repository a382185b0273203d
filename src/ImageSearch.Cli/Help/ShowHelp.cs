using System.CommandLine;
using System.CommandLine.Invocation;

namespace ImageSearch.Cli.Help;

/// <summary>What <c>--help</c> does.</summary>
internal sealed class ShowHelp(Shell shell) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        HelpText.Write(shell.Terminal.OutConsole, CommandReference.Of(parseResult.CommandResult.Command));
        return (int)ExitCode.Done;
    }
}
