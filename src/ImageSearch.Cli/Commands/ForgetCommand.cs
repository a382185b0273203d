using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Indexing;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Collections;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Commands;

/// <summary><c>forget</c>: takes a library or a part of one out of the collections.</summary>
internal static class ForgetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var name = new Argument<string>("LIBRARY|PATH") { Description = "A library by name, or a folder or file in one." };
        var yes = Confirmation.Yes();
        var command = new Verb(
            "forget",
            "Take a library, or a folder or file of one, out of all collections of the home folder, and out of the one in use. Files on disk are not touched.",
            new Example("imagesearch forget photos --yes", "The whole library; it is no longer known then."),
            new Example("imagesearch forget ~/Pictures/private", "One folder; the next run would index it again."))
        {
            name,
            yes,
        };
        new HomeOptions().AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            using var home = new ImageSearchHome(options.Search, shell.Time);
            var library = LibraryChoice.Named(parsed.GetRequiredValue(name), home, shell);
            var subject = SafeText.OneLine(library.Folder.Length > 0 ? $"{library.Name}/{library.Folder}" : $"library {library.Name}");
            if (!parsed.GetValue(yes) && !Confirmation.Given(shell.Terminal, $"Forget {subject}", "Files on disk are not touched."))
            {
                shell.Terminal.Error.WriteLine("Nothing was forgotten.");
                return (int)ExitCode.Failed;
            }

            var pictures = await ForgetAsync(options, library, shell, parsed.GetValue(GlobalOptions.Verbose), cancellationToken);
            shell.Terminal.Out.WriteLine($"{subject}: {Counted.Text(pictures, "picture")} forgotten");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task<long> ForgetAsync(CliOptions options, LibraryRoot library, Shell shell, bool isVerbose, CancellationToken cancellationToken)
    {
        var pictures = 0L;
        using var home = new ImageSearchHome(options.Search, shell.Time);
        foreach (var name in home.IsOnServer ? home.Collections.Append(home.CollectionName) : home.Collections)
        {
            using var other = new ImageSearchHome(options.Search with { Collection = name }, shell.Time);
            await using var collection = await other.OpenCollectionAsync(name, CollectionAccess.Write, cancellationToken);
            var logger = new StderrLogger<ImageIndexer>(shell.Terminal, isVerbose);

            // The whole comes last: it also knows points of shares whose ledgers lie elsewhere.
            foreach (var shard in other.Shards(library).Where(shard => shard != IndexShard.Whole).Append(IndexShard.Whole))
            {
                using var part = new ImageSearchHome(
                    options.Search with { Collection = name, Indexing = options.Search.Indexing with { Shard = shard } }, shell.Time);
                using var ledger = part.OpenLedger(library);
                pictures += await part.IndexerOf(collection, ledger, logger).ForgetAsync(library, cancellationToken);
            }
        }

        if (library.Folder.Length == 0)
        {
            home.Libraries.Remove(library);
        }

        return pictures;
    }
}
