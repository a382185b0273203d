using Spectre.Console;

namespace ImageSearch.Cli.Output;

/// <summary>The one look of tables: no lines, a dim heading, columns two spaces apart.</summary>
internal static class PlainTable
{
    private static readonly Style Heading = new(decoration: Decoration.Dim);

    /// <summary>A table without columns yet.</summary>
    public static Table Create() => new Table().NoBorder();

    /// <summary>A column with this heading.</summary>
    public static TableColumn Column(string name, Justify alignment, bool mayWrap) =>
        new(new Text(name.ToLowerInvariant(), Heading) { Justification = alignment })
        {
            Alignment = alignment,
            NoWrap = !mayWrap,
            Padding = new Padding(0, 0, 2, 0),
        };

    /// <summary>Prints the table on stdout; in a pipe without the spaces that fill up its lines.</summary>
    public static void Print(Terminal terminal, Table table)
    {
        if (terminal.OutIsTerminal)
        {
            terminal.OutConsole.Write(table);
            return;
        }

        foreach (var line in terminal.PlainLines(table))
        {
            terminal.Out.WriteLine(line.TrimEnd());
        }
    }
}
