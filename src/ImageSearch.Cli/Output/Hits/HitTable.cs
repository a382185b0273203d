using System.Globalization;
using ImageSearch.Searching;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>Prints an <see cref="Answer"/> for people: rank, score, date and path.</summary>
internal sealed class HitTable(Shell shell, bool explains)
{
    private const int NarrowestPath = 20;

    // Rank, score and date with the gaps between the columns; the path gets what is left.
    private const int OtherColumns = 3 + 2 + 5 + 2 + 10 + 2 + 1;
    private static readonly Style Quiet = new(decoration: Decoration.Dim);

    /// <summary>Prints the hits as one table.</summary>
    public void Write(Answer answer) => PlainTable.Print(shell.Terminal, TableOf(answer, answer.Page.Hits, showsHeading: true));

    /// <summary>Prints one hit alone, without a heading.</summary>
    public void WriteOne(Answer answer, SearchHit hit) => PlainTable.Print(shell.Terminal, TableOf(answer, [hit], showsHeading: false));

    /// <summary>Prints beside the table what a person should know; nothing where no person looks, unless there are no hits to explain themselves.</summary>
    public void WriteNotes(Answer answer)
    {
        var terminal = shell.Terminal;
        if (!terminal.ErrorIsTerminal && answer.Page.Hits.Count > 0)
        {
            return;
        }

        terminal.Out.Flush();
        var next = answer.Query.Offset + answer.Page.Hits.Count;
        var count = answer.Page.Hits.Count == 1 ? "1 picture" : $"{answer.Page.Hits.Count} pictures";
        var more = answer.Page.HasMore ? $"; more with --offset {next}" : "";
        terminal.ErrorConsole.WriteLine();
        terminal.ErrorConsole.WriteLine($"{count} in {answer.Page.Elapsed.TotalMilliseconds:0} ms{more}", Quiet);
        foreach (var note in answer.Page.Notes)
        {
            terminal.ErrorConsole.WriteLine(SafeText.OneLine(note), Quiet);
        }
    }

    private Table TableOf(Answer answer, IReadOnlyList<SearchHit> hits, bool showsHeading)
    {
        var table = PlainTable.Create();
        table.ShowHeaders = showsHeading;
        table.AddColumn(PlainTable.Column("#", Justify.Right, mayWrap: false).Width(3));
        table.AddColumn(PlainTable.Column("score", Justify.Right, mayWrap: false).Width(5));
        table.AddColumn(PlainTable.Column("taken", Justify.Left, mayWrap: false).Width(10));
        table.AddColumn(PlainTable.Column("picture", Justify.Left, mayWrap: true).PadRight(0));
        foreach (var hit in hits)
        {
            table.AddRow(
                new Text(hit.Rank.ToString(CultureInfo.InvariantCulture), Quiet),
                new Text(hit.Score?.ToString("0.000", CultureInfo.InvariantCulture) ?? ""),
                new Text(hit.Picture.TakenAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", Quiet),
                new Rows(Lines(answer, hit)));
        }

        return table;
    }

    private IEnumerable<IRenderable> Lines(Answer answer, SearchHit hit)
    {
        yield return new Text(Shown(answer.Files.PathOf(hit.Picture)), new Style(link: LinkTo(answer.Files.PathOf(hit.Picture))));
        foreach (var other in hit.OtherPaths)
        {
            yield return new Text("= " + Shown(answer.Files.PathOf(other), reserved: 2), Quiet);
        }

        foreach (var signal in explains ? hit.Why : [])
        {
            yield return new Text(Explained(signal), Quiet);
        }
    }

    private static string Explained(HitSignal signal) =>
        string.Create(CultureInfo.InvariantCulture, $"{signal.Name,-8}#{signal.Rank,-5}{signal.Score,7:0.000}  adds {signal.Contribution:0.0000}");

    private string? LinkTo(string file) =>
        shell.Terminal.OutIsTerminal && Path.IsPathFullyQualified(file) ? new Uri(file).AbsoluteUri : null;

    /// <summary>The path as short as it stays clear: from here, from the home directory, or absolute; its end where the line is too narrow.</summary>
    private string Shown(string file, int reserved = 0)
    {
        var path = SafeText.OneLine(Shortened(file));
        return shell.Terminal.OutIsTerminal
            ? SafeText.KeepEnd(path, Math.Max(NarrowestPath, shell.Terminal.OutConsole.Profile.Width - OtherColumns - reserved))
            : path;
    }

    private string Shortened(string file)
    {
        var home = shell.Environment.GetValueOrDefault("HOME");
        return file.StartsWith(shell.CurrentDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? file[(shell.CurrentDirectory.Length + 1)..]
            : shell.Terminal.OutIsTerminal && home is { Length: > 1 } && file.StartsWith(home + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? "~" + file[home.Length..]
                : file;
    }
}
