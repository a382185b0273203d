using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Indexing;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Settings;
using ImageSearch.Indexing;
using ImageSearch.Settings;

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
            "Index folders of pictures, or bring all known libraries up to date. Running it again does only what is new.",
            new Example("imagesearch index ~/Pictures", "Index a folder; it becomes a library of that name."),
            new Example("imagesearch index", "Bring every known library up to date."),
            new Example("imagesearch index ~/Pictures --dry-run", "Say what would be done and what it would cost, and do nothing."),
            new Example("imagesearch index ~/Pictures --provider titan --max-cost 2.50", "Spend at most that, and go on another time."),
            new Example("imagesearch index ~/Pictures --provider titan --batch s3://my-bucket/imagesearch", "Embed a large library at half the price, in hours rather than minutes."),
            new Example("imagesearch index ~/Pictures --watch", "Go on and index what changes, until Ctrl-C."));
        arguments.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = arguments.Read(parsed);
            var options = ResolvedSettings.Of(parsed, shell).Options;
            options.Search.Indexing = options.Search.Indexing with { MassDeletion = request.MassDeletion };
            var logger = new StderrLogger<ImageIndexer>(shell.Terminal, parsed.GetValue(GlobalOptions.Verbose));
            var code = ExitCode.Done;
            foreach (var collection in request.Collections.DefaultIfEmpty())
            {
                if (collection is not null)
                {
                    ImageSearchSettings.Of(options.Search).Single(setting => setting.Key == ImageSearchSettings.Collection).Apply(collection, "flag --collection");
                }

                using var home = new ImageSearchHome(options.Search, shell.Time);
                var ended = await RunAsync(shell, home, request, options, logger, cancellationToken);
                code = ended == ExitCode.Done ? code : ended;
            }

            return (int)code;
        });
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        Shell shell, ImageSearchHome home, IndexRequest request, CliOptions options, StderrLogger<ImageIndexer> logger, CancellationToken cancellationToken)
    {
        if (request.Mode == IndexMode.DryRun)
        {
            var runs = await DryRun.EstimateAsync(home, LibraryChoice.Of(request, home, shell, adds: false), cancellationToken);
            EstimateReport.Write(shell.Terminal, runs, options.Search.Spending.Cap, options.Format);
            return ExitCode.Done;
        }

        var libraries = LibraryChoice.Of(request, home, shell, adds: true);
        if (request.Batch is { } location)
        {
            await BatchEmbedding.RunAsync(shell.Terminal, home, libraries, location, cancellationToken);
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

        if (request.Mode == IndexMode.Watch)
        {
            shell.Terminal.Out.Flush();
            shell.Terminal.Error.WriteLine("Watching for changes; Ctrl-C stops.");
            await indexing.WatchAsync(libraries, cancellationToken);
        }

        return indexing.Runs.Any(run => run.Summary.Failed > 0) ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
