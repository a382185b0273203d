using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Indexing;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Commands;

/// <summary><c>status</c>: what the ledgers say about libraries.</summary>
internal static class StatusCommand
{
    private sealed record LibraryState(LibraryRoot Library, IndexShard Shard, LedgerStatus Status)
    {
        public string Name => Shard == IndexShard.Whole ? Library.Name : $"{Library.Name} {Shard}";
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var names = new Argument<string[]>("LIBRARY") { Description = "Libraries, by name or folder; without any, all.", Arity = ArgumentArity.ZeroOrMore };
        var failed = new Option<bool>("--failed") { Description = "List every file that failed, with the reason." };
        var spending = new Option<bool>("--spending") { Description = "List what was spent on each model, instead of libraries." };
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var command = new Verb(
            "status",
            "Show what is indexed: every file that was met is indexed, skipped, failed or pending; and what was spent.",
            new Example("imagesearch status", "All libraries and their latest runs."),
            new Example("imagesearch status --failed --output csv", "Every file that failed and why, for a spreadsheet."),
            new Example("imagesearch status --spending --output json", "What was spent this month and in all, for a script."))
        {
            names,
            failed,
            spending,
        };
        home.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            using var opened = new ImageSearchHome(options.Search, shell.Time);
            if (parsed.GetValue(spending))
            {
                SpendingReport.Write(shell.Terminal, opened, shell.Time, options.Format);
                if (opened.SpentByModel().Count == 0)
                {
                    shell.Terminal.Error.WriteLine("Nothing was spent here yet.");
                }

                return;
            }

            var libraries = LibraryChoice.Named(parsed.GetValue(names) ?? [], opened, shell);
            var states = libraries.SelectMany(library => StatesOf(opened, library)).ToList();
            ListingWriter.Write(shell.Terminal, parsed.GetValue(failed) ? Failures(states) : Overview(states, shell.Time), options.Format);
            if (options.Format == OutputFormat.Table && !parsed.GetValue(failed))
            {
                SpendingReport.Write(shell.Terminal, opened, shell.Time, options.Format);
            }

            if (libraries.Count == 0)
            {
                shell.Terminal.Error.WriteLine("No library is known yet: imagesearch index DIR");
            }
        });
        return command;
    }

    // A ledger is only opened where there is one: asking must not make it.
    private static IEnumerable<LibraryState> StatesOf(ImageSearchHome home, LibraryRoot library)
    {
        var shards = home.Shards(library);
        if (shards.Count == 0)
        {
            yield return new LibraryState(library, IndexShard.Whole, new LedgerStatus(0, 0, new Dictionary<SkipReason, long>(), [], null));
        }

        foreach (var shard in shards)
        {
            using var ledger = home.OpenLedger(library, shard);
            yield return new LibraryState(library, shard, ledger.Status());
        }
    }

    private static Listing Overview(IReadOnlyList<LibraryState> states, TimeProvider time) => new(
        [
            new("Library", ColumnLook.Name), new("Indexed", ColumnLook.Number), new("Skipped", ColumnLook.Number), new("Failed", ColumnLook.Number),
            new("Pending", ColumnLook.Number), new("Last run", ColumnLook.Name), new("Folder", ColumnLook.Aside),
        ],
        [.. states.Select(state => (IReadOnlyList<object?>)
        [
            state.Name, state.Status.Indexed, state.Status.Skipped.Values.Sum(), (long)state.Status.Failed.Count, state.Status.Pending,
            LastRun(state.Status.LastRun, time), state.Library.Root,
        ])]);

    private static string LastRun(LedgerRun? run, TimeProvider time) => run is null
        ? "never"
        : $"{TimeZoneInfo.ConvertTime(run.Ended ?? run.Started, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {run.Outcome.ToString().ToLowerInvariant()}";

    private static Listing Failures(IReadOnlyList<LibraryState> states) => new(
        [new("File"), new("Reason", ColumnLook.Name), new("Message")],
        [.. states.SelectMany(state => state.Status.Failed.Select(file => (IReadOnlyList<object?>)
        [
            Path.Join(state.Library.Root, file.Path), file.Reason.ToString(), file.Message,
        ]))]);
}
