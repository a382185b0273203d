using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Indexing;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Indexing;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary><c>retry</c>: tries failed files once more.</summary>
internal static class RetryCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var names = new Argument<string[]>("LIBRARY") { Description = "Libraries, by name or folder; without any, all.", Arity = ArgumentArity.ZeroOrMore };
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var command = new Verb(
            "retry",
            "Try every file again that failed, also those on which a process died, and bring the libraries up to date.",
            new Example("imagesearch retry", "After a decoder was installed or a permission was given."),
            new Example("imagesearch retry photos", "In one library."))
        {
            names,
        };
        home.AddTo(command);
        command.Add(new SettingFlag("--shard", ImageSearchSettings.Shard, "K/N"));
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            var logger = new StderrLogger<ImageIndexer>(shell.Terminal, parsed.GetValue(GlobalOptions.Verbose));
            using var opened = new ImageSearchHome(options.Search, shell.Time);
            var libraries = LibraryChoice.Named(parsed.GetValue(names) ?? [], opened, shell);
            await ForgetFailuresAsync(opened, libraries, logger, cancellationToken);
            var indexing = new LibraryIndexing(shell, opened, logger);
            try
            {
                await indexing.IndexAsync(libraries, cancellationToken);
            }
            finally
            {
                IndexReport.Write(shell.Terminal, indexing.Runs, options.Format);
            }

            return (int)(indexing.Runs.Any(run => run.Summary.Failed > 0) ? ExitCode.SomeFailed : ExitCode.Done);
        });
        return command;
    }

    private static async Task ForgetFailuresAsync(
        ImageSearchHome home, IReadOnlyList<LibraryRoot> libraries, StderrLogger<ImageIndexer> logger, CancellationToken cancellationToken)
    {
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, cancellationToken);
        foreach (var library in libraries)
        {
            using var ledger = home.OpenLedger(library);
            home.IndexerOf(collection, ledger, logger).Retry(library);
        }
    }
}
