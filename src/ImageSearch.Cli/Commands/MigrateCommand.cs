using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Indexing;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Progress;
using ImageSearch.Cli.Settings;
using ImageSearch.Indexing;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary><c>collection migrate</c>: the pictures of a collection in another place, or with the vectors of another model.</summary>
internal static class MigrateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var to = new Option<string>("--to") { Description = "Another place (a name, or the address of one on a Qdrant server), or another model: PROVIDER-DIMENSION, for example titan-1024.", HelpName = "TARGET", Required = true };
        var labels = new Option<string>("--labels") { Description = "Labelled queries, as eval takes them, that are put to both collections.", HelpName = "FILE" };
        var switches = new Option<bool>("--switch") { Description = "Use the target from then on, as `collection switch` does." };
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var verb = new Verb(
            "migrate",
            "Fill another collection beside the one in use, which is searched meanwhile: copied with its vectors for nothing, or embedded anew by another model. Running it again goes on.",
            new Example("imagesearch collection migrate --to qdrant://localhost:6333/photos", "Copy the collection to a Qdrant server; nothing is embedded."),
            new Example("imagesearch collection migrate --to titan-1024 --max-cost 2.50 --labels labels.tsv", "Fill one of another model and compare both."),
            new Example("imagesearch collection migrate --to titan-1024 --switch", "The same, and search with it from then on."))
        {
            to,
            labels,
            switches,
            new SettingFlag("--max-cost", ImageSearchSettings.MaxCost, "DOLLARS"),
        };
        home.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ResolvedSettings.Of(parsed, shell);
            var (present, target) = TargetChoice.Of(parsed.GetRequiredValue(to), "--to", settings.Options.Search, shell);
            var queries = parsed.GetValue(labels) is { } file ? LabelFile.Read(shell.Absolute(file)) : null;
            var code = target.HasVectorsOf(present)
                ? await CopyAsync(shell, settings.Options, target, cancellationToken)
                : await FillAsync(shell, settings.Options, target, new StderrLogger<ImageIndexer>(shell.Terminal, parsed.GetValue(GlobalOptions.Verbose)), cancellationToken);
            if (queries is not null)
            {
                var compared = await Comparison.OfAsync([present, target], queries, settings.Options, shell, cancellationToken);
                ListingWriter.Write(shell.Terminal, compared, settings.Options.Format);
            }

            if (parsed.GetValue(switches))
            {
                await SwitchCommands.SwitchAsync(shell, settings, target, alias: null, cancellationToken);
            }

            return (int)code;
        });
        return verb;
    }

    private static async Task<ExitCode> CopyAsync(Shell shell, CliOptions options, CollectionChoice target, CancellationToken cancellationToken)
    {
        using var home = new ImageSearchHome(options.Search, shell.Time);
        var copied = await home.CopyCollectionAsync(target.Collection, new CopyReport(shell.Terminal), cancellationToken);
        var listing = new Listing(
            [
                new("Collection", ColumnLook.Name), new("Pictures", ColumnLook.Number), new("Written", ColumnLook.Number),
                new("Unchanged", ColumnLook.Number), new("Deleted", ColumnLook.Number),
            ],
            [[target.Collection, copied.Points, copied.Written, copied.Unchanged, copied.Deleted]]);
        ListingWriter.Write(shell.Terminal, listing, options.Format);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> FillAsync(
        Shell shell, CliOptions options, CollectionChoice target, StderrLogger<ImageIndexer> logger, CancellationToken cancellationToken)
    {
        using var home = new ImageSearchHome(target.In(options.Search), shell.Time);
        var libraries = home.Libraries.List() is { Count: > 0 } known ? known : throw new UsageException("No library is known yet, so that there is nothing to fill a collection with: imagesearch index DIR");
        if (options.Format == OutputFormat.Table)
        {
            EstimateReport.Write(shell.Terminal, await DryRun.EstimateAsync(home, libraries, cancellationToken), options.Search.Spending.Cap, options.Format);
            shell.Terminal.Out.Flush();
        }

        var indexing = new LibraryIndexing(shell, home, logger);
        try
        {
            await indexing.IndexAsync(libraries, cancellationToken);
        }
        finally
        {
            IndexReport.Write(shell.Terminal, indexing.Runs, options.Format);
        }

        return indexing.Runs.Any(run => run.Summary.Failed > 0) ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
