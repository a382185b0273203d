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
        var (alias, yes) = (SwitchCommands.Alias(), Confirmation.Yes());
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var verb = new Verb(
            "migrate",
            "Fill another collection beside the one in use, which is searched meanwhile: copied with its vectors for nothing, or embedded anew by another model. Running it again goes on.",
            new Example("imagesearch collection migrate --to qdrant://localhost:6333/photos", "Copy the collection to a Qdrant server; nothing is embedded."),
            new Example("imagesearch collection migrate --to titan-1024 --max-cost 2.50 --labels labels.tsv", "Fill one of another model and compare both; it says the price and asks."),
            new Example("imagesearch collection migrate --to titan-1024 --yes --switch --alias live", "The same without asking, and search with it from then on, under the alias too."))
        {
            to,
            labels,
            switches,
            alias,
            yes,
            new SettingFlag("--max-cost", ImageSearchSettings.MaxCost, "DOLLARS"),
        };
        home.AddTo(verb);
        output.AddTo(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = ResolvedSettings.Of(parsed, shell);
            var (present, target) = TargetChoice.Of(parsed.GetRequiredValue(to), "--to", settings.Options.Search, shell);
            var request = new Migration(
                present, target, parsed.GetValue(labels), parsed.GetValue(switches), parsed.GetValue(alias), parsed.GetValue(yes), parsed.GetValue(GlobalOptions.Verbose));
            return (int)await RunAsync(shell, settings, request, cancellationToken);
        });
        return verb;
    }

    private static async Task<ExitCode> RunAsync(Shell shell, ResolvedSettings settings, Migration request, CancellationToken cancellationToken)
    {
        var (options, target) = (settings.Options, request.Target);
        if (request.Alias is not null && !request.Switches)
        {
            throw new UsageException("--alias goes with --switch. Add that, or leave --alias out.");
        }

        SwitchCommands.RefuseAlias(request.Alias, target);
        var queries = request.Labels is { } file ? LabelFile.Read(shell.Absolute(file)) : null;
        var copies = target.HasVectorsOf(request.Present);
        using var home = new ImageSearchHome(copies ? options.Search : target.In(options.Search), shell.Time);
        if (!copies && !await AgreedAsync(shell, home, options, request.Agreed, cancellationToken))
        {
            shell.Terminal.Error.WriteLine("Nothing was embedded.");
            return ExitCode.Failed;
        }

        var code = copies
            ? await CopyAsync(shell, home, options, target, cancellationToken)
            : await FillAsync(shell, home, options, new StderrLogger<ImageIndexer>(shell.Terminal, request.Verbose), cancellationToken);
        if (queries is not null)
        {
            var compared = await Comparison.OfAsync([request.Present, target], queries, options, shell, cancellationToken);
            ListingWriter.Write(shell.Terminal, compared, options.Format);
        }

        if (request.Switches)
        {
            await SwitchCommands.SwitchAsync(shell, settings, target, request.Alias, cancellationToken);
        }

        return code;
    }

    /// <summary>Says what embedding anew would do and cost; where it costs anything, or nobody knows what, the person must agree.</summary>
    private static async Task<bool> AgreedAsync(Shell shell, ImageSearchHome home, CliOptions options, bool agreed, CancellationToken cancellationToken)
    {
        var (terminal, price) = (shell.Terminal, home.Price);
        var runs = options.Format == OutputFormat.Table || price is not null ? await DryRun.EstimateAsync(home, LibrariesOf(home), cancellationToken) : [];
        if (options.Format == OutputFormat.Table)
        {
            EstimateReport.Write(terminal, runs, options.Search.Spending.Cap, options.Format);
            terminal.Out.Flush();
        }

        var calls = runs.Sum(run => run.Estimate.Calls);
        if (price is null || calls == 0 || agreed)
        {
            return true;
        }

        var cost = price.IsKnown ? $"for about {MoneyText.Of(runs.Sum(run => run.Estimate.Price))}" : "at a price that is not known";
        return Confirmation.Given(terminal, $"Embed {Counted.Text(calls, "picture")} with {price.Model} {cost}", "What is paid for is kept, and the collection in use stays as it is.");
    }

    private static IReadOnlyList<LibraryRoot> LibrariesOf(ImageSearchHome home) => home.Libraries.List() is { Count: > 0 } known
        ? known
        : throw new UsageException("No library is known yet, so that there is nothing to fill a collection with: imagesearch index DIR");

    private static async Task<ExitCode> CopyAsync(
        Shell shell, ImageSearchHome home, CliOptions options, CollectionChoice target, CancellationToken cancellationToken)
    {
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
        Shell shell, ImageSearchHome home, CliOptions options, StderrLogger<ImageIndexer> logger, CancellationToken cancellationToken)
    {
        var indexing = new LibraryIndexing(shell, home, logger);
        try
        {
            await indexing.IndexAsync(LibrariesOf(home), cancellationToken);
        }
        finally
        {
            IndexReport.Write(shell.Terminal, indexing.Runs, options.Format);
        }

        return indexing.Runs.Any(run => run.Summary.Failed > 0) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    /// <summary>What <c>migrate</c> was asked for.</summary>
    /// <param name="Present">The collection in use.</param>
    /// <param name="Target">The one to fill.</param>
    /// <param name="Labels">The file of labelled queries; null for none.</param>
    /// <param name="Switches">Whether the target is used from then on.</param>
    /// <param name="Alias">The alias that goes along; null for none.</param>
    /// <param name="Agreed">Whether spending was agreed to beforehand.</param>
    /// <param name="Verbose">Whether to say more while it runs.</param>
    private sealed record Migration(CollectionChoice Present, CollectionChoice Target, string? Labels, bool Switches, string? Alias, bool Agreed, bool Verbose);
}
