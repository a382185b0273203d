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
        terminal.WriteError(parsed.UnmatchedTokens is [var token, ..] ? Unknown(token, command) : parsed.Errors[0].Message);
        terminal.Error.WriteLine($"See `{CommandReference.NameOf(command)} --help`.");
        return ExitCode.Usage;
    }

    /// <summary>
    /// Makes every argument of the command and those below it refuse what begins with two hyphens: it can only be a mistyped
    /// option, which would otherwise be taken for a word to search for or a file.
    /// </summary>
    public static void RefuseUnknownOptions(Command command)
    {
        foreach (var argument in command.Arguments)
        {
            argument.Validators.Add(result =>
            {
                if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } token)
                {
                    result.AddError(UnknownOption(token.Value, command));
                }
            });
        }

        foreach (var sub in command.Subcommands)
        {
            RefuseUnknownOptions(sub);
        }
    }

    private static string UnknownOption(string token, Command command)
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
