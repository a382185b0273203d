using System.CommandLine;
using ImageSearch.Cli.Help;

namespace ImageSearch.Cli.Commands;

/// <summary><c>help</c>: the help of a command, or the whole reference.</summary>
internal static class HelpCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "The command to explain; without it, all are listed.", Arity = ArgumentArity.ZeroOrMore };
        var markdown = new Option<bool>("--markdown") { Description = "Print the reference of all commands as Markdown (docs/cli.md)." };
        var help = new Verb(
            "help",
            "Explain a command.",
            new Example("imagesearch help search", "What `search` takes, with examples."),
            new Example("imagesearch help --markdown > docs/cli.md", "Renew the reference of all commands."))
        {
            words,
            markdown,
        };
        help.SetAction(parsed =>
        {
            var root = parsed.RootCommandResult.Command;
            if (parsed.GetValue(markdown))
            {
                HelpMarkdown.Write(shell.Terminal.Out, CommandReference.Of(root));
                return;
            }

            HelpText.Write(shell.Terminal.OutConsole, CommandReference.Of(Find(root, parsed.GetValue(words) ?? [])));
        });
        return help;
    }

    private static Command Find(Command root, IReadOnlyList<string> words)
    {
        var command = root;
        foreach (var word in words)
        {
            command = command.Subcommands.FirstOrDefault(sub => sub.Name == word)
                ?? throw new UsageException($"There is no command \"{string.Join(' ', words)}\". `imagesearch help` lists all.");
        }

        return command;
    }
}
