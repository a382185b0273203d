using System.Globalization;
using ImageSearch.Cli.Output;
using ImageSearch.Indexing;

namespace ImageSearch.Cli.Indexing;

/// <summary>Says on stdout what a run came to.</summary>
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
            ListingWriter.Write(terminal, ListingOf(runs), format);
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

    private static string Sentence(LibraryRun run)
    {
        var summary = run.Summary;
        var pace = summary.Found >= LeastForPace && run.Elapsed.TotalSeconds >= 1 ? string.Create(CultureInfo.InvariantCulture, $" ({summary.Found / run.Elapsed.TotalSeconds:N0}/s)") : "";
        var spent = run.Spent is { } dollars ? $"; {MoneyText.Of(dollars)} spent" : "";
        var ending = run.IsWhole ? "" : "; stopped early, run again to go on";
        return $"{NameOf(run.Library)}: {Counted.Text(summary.Found, "file")} in {TimeText.Short(run.Elapsed)}{pace}" + Counts(
            (summary.New - summary.Copied, "new"), (summary.Copied, "copied"), (summary.Changed, "changed"), (summary.Touched, "touched"),
            (summary.Unchanged, "unchanged"), (summary.Skipped, "skipped"), (summary.Failed, "failed"), (summary.Removed, "removed")) + spent + ending;
    }

    /// <summary>The counts that are not 0, behind a colon.</summary>
    public static string Counts(params (long Count, string Name)[] counts)
    {
        var told = counts.Where(count => count.Count > 0).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Count:N0} {count.Name}")).ToList();
        return told.Count > 0 ? ": " + string.Join(", ", told) : "";
    }

    /// <summary>The library's name, with the part of it that is meant.</summary>
    public static string NameOf(LibraryRoot library) => SafeText.OneLine(library.Folder.Length > 0 ? $"{library.Name}/{library.Folder}" : library.Name);

    // What costs nothing has no column for money.
    private static Listing ListingOf(IReadOnlyList<LibraryRun> runs) => runs.Any(run => run.Spent is not null)
        ? new Listing([.. Columns, new("Spent", ColumnLook.Dollars)], [.. runs.Select(run => (IReadOnlyList<object?>)[.. Row(run), run.Spent])])
        : new Listing(Columns, [.. runs.Select(Row)]);

    private static IReadOnlyList<object?> Row(LibraryRun run) =>
    [
        NameOf(run.Library), run.Collection, run.IsWhole, run.Summary.Found, run.Summary.New, run.Summary.Copied, run.Summary.Changed, run.Summary.Touched,
        run.Summary.Unchanged, run.Summary.Skipped, run.Summary.Failed, run.Summary.Removed, run.Summary.Embedded, Math.Round(run.Elapsed.TotalSeconds, 3),
    ];
}
