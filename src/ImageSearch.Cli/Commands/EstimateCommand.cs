using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Indexing;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Settings;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Commands;

/// <summary><c>estimate</c>: what indexing would do and cost.</summary>
internal static class EstimateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var folders = new Argument<string[]>("PATH") { Description = "Folders that would be indexed; without any, all known libraries.", Arity = ArgumentArity.ZeroOrMore };
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var command = new Verb(
            "estimate",
            "Say what indexing would do, how many calls it would make, what they would cost and how long they would take. Nothing is sent and nothing is changed.",
            new Example("imagesearch estimate ~/Pictures --provider titan", "What a first run would cost."),
            new Example("imagesearch estimate --output json", "The same of every known library, for a script."))
        {
            folders,
        };
        home.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            using var opened = new ImageSearchHome(options.Search, shell.Time);
            var request = new IndexRequest(parsed.GetValue(folders) ?? [], Library: null, Collections: [], IndexMode.DryRun, MassDeletion.Refuse, Batch: null);
            var runs = await DryRun.EstimateAsync(opened, LibraryChoice.Of(request, opened, shell, adds: false), cancellationToken);
            EstimateReport.Write(shell.Terminal, runs, options.Search.Spending.Cap, options.Format);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
