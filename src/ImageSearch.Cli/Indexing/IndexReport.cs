using System.Globalization;
using ImageSearch.Cli.Output;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Says on stdout what a run and an estimate came to.</summary>
internal static class IndexReport
{
    // A rate says nothing about a handful of files.
    private const int LeastForPace = 100;

    private static readonly ListingColumn[] Columns =
    [
        new("Library", ColumnLook.Name), new("Collection", ColumnLook.Name), new("Whole"), new("Found"), new("New"), new("Copied"), new("Changed"),
        new("Touched"), new("Unchanged"), new("Skipped"), new("Failed"), new("Removed"), new("Embedded"), new("Seconds"),
    ];

    /// <summary>Prints runs: a sentence each for people, a row each for programs.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<LibraryRun> runs, OutputFormat format)
    {
        if (format != OutputFormat.Table)
        {
            ListingWriter.Write(terminal, new Listing(Columns, [.. runs.Select(Row)]), format);
            return;
        }

        foreach (var run in runs)
        {
            terminal.Out.WriteLine(Sentence(run));
        }

        if (runs.Sum(run => run.Summary.Failed) is > 0 and var failed)
        {
            terminal.Out.Flush();
            terminal.Error.WriteLine($"{Counted.Text(failed, "file")} failed; `imagesearch status --failed` says why.");
        }
    }

    /// <summary>Prints an estimate.</summary>
    public static void Write(Terminal terminal, LibraryRoot library, IndexEstimate estimate, OutputFormat format)
    {
        if (format != OutputFormat.Table)
        {
            ListingWriter.Write(terminal, ListingOf(library, estimate), format);
            return;
        }

        var found = estimate.New + estimate.Changed + estimate.Touched + estimate.Unchanged + estimate.Skipped + estimate.Failed;
        terminal.Out.WriteLine($"{NameOf(library)}: {Counted.Text(found, "file")}" + Counts(
            (estimate.New - estimate.Copied, "new"), (estimate.Copied, "copied"), (estimate.Changed, "changed"), (estimate.Touched, "touched"),
            (estimate.Unchanged, "unchanged"), (estimate.Skipped, "skipped"), (estimate.Failed, "failed"), (estimate.Gone, "gone")));
        terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a run would read {ByteSize.Text(estimate.Bytes)} and embed {Counted.Text(estimate.Calls, "picture")}, for {estimate.Price:0.00##} US dollars"));
    }

    private static string Sentence(LibraryRun run)
    {
        var summary = run.Summary;
        var pace = summary.Found >= LeastForPace && run.Elapsed.TotalSeconds >= 1 ? string.Create(CultureInfo.InvariantCulture, $" ({summary.Found / run.Elapsed.TotalSeconds:N0}/s)") : "";
        var ending = run.IsWhole ? "" : "; stopped early, run again to go on";
        return $"{NameOf(run.Library)}: {Counted.Text(summary.Found, "file")} in {TimeText.Short(run.Elapsed)}{pace}" + Counts(
            (summary.New - summary.Copied, "new"), (summary.Copied, "copied"), (summary.Changed, "changed"), (summary.Touched, "touched"),
            (summary.Unchanged, "unchanged"), (summary.Skipped, "skipped"), (summary.Failed, "failed"), (summary.Removed, "removed")) + ending;
    }

    private static string Counts(params (long Count, string Name)[] counts)
    {
        var told = counts.Where(count => count.Count > 0).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Count:N0} {count.Name}")).ToList();
        return told.Count > 0 ? ": " + string.Join(", ", told) : "";
    }

    private static string NameOf(LibraryRoot library) => SafeText.OneLine(library.Folder.Length > 0 ? $"{library.Name}/{library.Folder}" : library.Name);

    private static IReadOnlyList<object?> Row(LibraryRun run) =>
    [
        NameOf(run.Library), run.Collection, run.IsWhole, run.Summary.Found, run.Summary.New, run.Summary.Copied, run.Summary.Changed, run.Summary.Touched,
        run.Summary.Unchanged, run.Summary.Skipped, run.Summary.Failed, run.Summary.Removed, run.Summary.Embedded, Math.Round(run.Elapsed.TotalSeconds, 3),
    ];

    private static Listing ListingOf(LibraryRoot library, IndexEstimate estimate) => new(
        [
            new("Library", ColumnLook.Name), new("New"), new("Copied"), new("Changed"), new("Touched"), new("Unchanged"), new("Skipped"), new("Failed"),
            new("Gone"), new("Bytes"), new("Calls"), new("Price"),
        ],
        [[
            NameOf(library), estimate.New, estimate.Copied, estimate.Changed, estimate.Touched, estimate.Unchanged, estimate.Skipped, estimate.Failed,
            estimate.Gone, estimate.Bytes, estimate.Calls, (double)estimate.Price,
        ]]);
}
