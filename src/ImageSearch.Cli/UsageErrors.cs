using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Output;

namespace ImageSearch.Cli;

/// <summary>Tells a person what is wrong with a command line, and what comes nearest to it.</summary>
internal static class UsageErrors
{
    /// <summary>Prints the first error with its cure.</summary>
    public static ExitCode Report(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var name = CommandReference.Of(command).Name;
        terminal.Note("error", "red", parsed.UnmatchedTokens is [var token, ..] ? Unknown(token, command, name) : parsed.Errors[0].Message);
        terminal.Error.WriteLine($"See `{name} --help`.");
        return ExitCode.Usage;
    }

    private static string Unknown(string token, Command command, string name)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? command.Options.Select(option => option.Name) : command.Subcommands.Select(sub => sub.Name);
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        var message = $"`{name}` knows no {kind} \"{token}\".";
        if (NearestWord.To(token, known) is { } nearest)
        {
            return $"{message} Did you mean {nearest}?";
        }

        return command is RootCommand && !isOption ? $"{message} To search: {CommandReference.Program} search {token} …" : message;
    }
}
