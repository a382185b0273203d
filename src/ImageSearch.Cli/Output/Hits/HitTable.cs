using System.Globalization;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>
/// Prints an <see cref="Answer"/> for people: rank, score, date and path. The columns are set by hand: a search is over in less
/// time than a table library needs to start.
/// </summary>
internal sealed class HitTable(Shell shell, bool explains)
{
    private const int NarrowestPath = 20;
    private const string Gap = "  ";
    private const string Heading = "  #  score  taken       picture";

    // Where the path begins; what belongs to a hit stands below it.
    private static readonly int PathColumn = Heading.IndexOf("picture", StringComparison.Ordinal);

    private readonly Terminal _terminal = shell.Terminal;

    /// <summary>Prints the heading and the hits.</summary>
    public void Write(Answer answer)
    {
        _terminal.Out.WriteLine(_terminal.Quiet(Heading));
        foreach (var hit in answer.Page.Hits)
        {
            Write(answer, hit);
        }
    }

    /// <summary>Prints one hit.</summary>
    public void Write(Answer answer, SearchHit hit)
    {
        var rank = hit.Rank.ToString(CultureInfo.InvariantCulture).PadLeft(3);
        var score = (hit.Score?.ToString("0.000", CultureInfo.InvariantCulture) ?? "").PadLeft(5);
        var taken = (hit.Picture.TakenAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "").PadRight(10);
        var file = answer.Files.PathOf(hit.Picture);
        _terminal.Out.WriteLine(_terminal.Quiet(rank) + Gap + score + Gap + _terminal.Quiet(taken) + Gap + _terminal.Link(Shown(file), file));
        foreach (var other in hit.OtherPaths)
        {
            WriteBelow("= " + Shown(answer.Files.PathOf(other), reserved: 2));
        }

        if (hit.Group is { More: > 0 } group)
        {
            WriteBelow(string.Create(CultureInfo.InvariantCulture, $"+ {group.More} more{(group.Name.Length == 0 ? "" : " of " + SafeText.OneLine(group.Name))}"));
        }

        foreach (var signal in explains ? hit.Why : [])
        {
            WriteBelow(string.Create(CultureInfo.InvariantCulture, $"{signal.Name,-8}#{signal.Rank,-5}{signal.Score,7:0.000}  adds {signal.Contribution:0.0000}"));
        }
    }

    /// <summary>Prints beside the table what a person should know; nothing where no person looks, unless there are no hits to explain themselves.</summary>
    public void WriteNotes(Answer answer)
    {
        if (!_terminal.ErrorIsTerminal && answer.Page.Hits.Count > 0)
        {
            return;
        }

        _terminal.Out.Flush();
        var more = answer.Page.HasMore ? $"; more with --offset {answer.Query.Offset + answer.Page.Hits.Count}" : "";
        var count = $"{Counted.Text(answer.Page.Hits.Count, "picture")} in {answer.Page.Elapsed.TotalMilliseconds:0} ms{more}";
        _terminal.Error.WriteLine();
        foreach (var line in answer.Notes.Prepend(count).SelectMany(note => WrappedText.Lines(SafeText.OneLine(note), _terminal.ErrorWidth)))
        {
            _terminal.Error.WriteLine(_terminal.QuietError(line));
        }
    }

    private void WriteBelow(string text) => _terminal.Out.WriteLine(new string(' ', PathColumn) + _terminal.Quiet(text));

    /// <summary>The path as short as it stays clear: from here, from the home directory, or absolute; its end where the line is too narrow.</summary>
    private string Shown(string file, int reserved = 0)
    {
        var path = SafeText.OneLine(shell.Shortened(file));
        return _terminal.OutIsTerminal ? SafeText.KeepEnd(path, Math.Max(NarrowestPath, _terminal.OutWidth - PathColumn - reserved - 1)) : path;
    }
}
