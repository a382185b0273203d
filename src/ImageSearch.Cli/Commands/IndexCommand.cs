using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Progress;
using ImageSearch.Cli.Settings;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Commands;

/// <summary><c>index</c>: brings collections up to date with folders.</summary>
internal static class IndexCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var arguments = new IndexArguments();
        var command = new Verb(
            "index",
            "Index folders of pictures, or bring all known libraries up to date. Running it again only does what is new.",
            new Example("imagesearch index ~/Pictures", "Index a folder; it becomes a library of that name."),
            new Example("imagesearch index", "Bring every known library up to date."),
            new Example("imagesearch index ~/Pictures --dry-run", "Say what would be done and what it would cost, and do nothing."),
            new Example("imagesearch index ~/Pictures --watch", "Go on and index what changes, until Ctrl-C."));
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            var run = new IndexRun(shell, options, arguments.Read(parsed));
            return (int)await run.RunAsync(cancellationToken);
        });
        return command;
    }
}
