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
        terminal.Note("error", "red", parsed.UnmatchedTokens is [var token, ..] ? Unknown(token, command) : parsed.Errors[0].Message);
        terminal.Error.WriteLine($"See `{CommandReference.NameOf(command)} --help`.");
        return ExitCode.Usage;
    }

    /// <summary>The message about an option that a command does not have.</summary>
    public static string UnknownOption(string token, Command command)
    {
        var known = CommandReference.PathOf(command).SelectMany(part => part.Options).Select(option => option.Name);
        return WithNearest($"`{CommandReference.NameOf(command)}` knows no option \"{token}\".", token, known);
    }

    private static string Unknown(string token, Command command)
    {
        if (token.StartsWith('-'))
        {
            return UnknownOption(token, command);
        }

        var kind = command.Subcommands.Count > 0 ? "command" : "argument";
        var message = $"`{CommandReference.NameOf(command)}` knows no {kind} \"{token}\".";
        var suggested = WithNearest(message, token, command.Subcommands.Select(sub => sub.Name));
        return command is RootCommand && suggested == message ? $"{message} To search: {CommandReference.Program} search {token} …" : suggested;
    }

    private static string WithNearest(string message, string token, IEnumerable<string> known) =>
        NearestWord.To(token, known) is { } nearest ? $"{message} Did you mean {nearest}?" : message;
}
