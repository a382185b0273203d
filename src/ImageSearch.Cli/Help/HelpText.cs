using Spectre.Console;

namespace ImageSearch.Cli.Help;

/// <summary>Lays a command's reference out for a terminal.</summary>
internal static class HelpText
{
    private const int WidestShape = 26;
    private const int WidestLine = 100;
    private static readonly Style Heading = new(decoration: Decoration.Bold);
    private static readonly Style Quiet = new(decoration: Decoration.Dim);

    /// <summary>Prints the reference.</summary>
    public static void Write(IAnsiConsole console, CommandReference reference)
    {
        console.WriteLine(reference.Summary);
        console.WriteLine();
        console.WriteLine("Usage", Heading);
        console.WriteLine("  " + reference.Usage);
        WriteEntries(console, "Commands", [.. reference.Subcommands.Select(sub => new ReferenceEntry(sub.Name.Split(' ')[^1], sub.Summary))]);
        WriteEntries(console, "Arguments", reference.Arguments);
        WriteEntries(console, "Options", reference.Options);
        WriteEntries(console, "Options of every command", reference.GlobalOptions);
        WriteExamples(console, reference.Examples);
    }

    private static void WriteEntries(IAnsiConsole console, string heading, IReadOnlyList<ReferenceEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine(heading, Heading);
        var column = Math.Min(WidestShape, entries.Max(entry => entry.Shape.Length)) + 4;
        foreach (var entry in entries)
        {
            var shape = "  " + entry.Shape;
            var lines = Wrap(entry.Text, Math.Min(console.Profile.Width, WidestLine) - column - 1);
            if (shape.Length + 2 > column)
            {
                console.WriteLine(shape);
                shape = "";
            }

            foreach (var line in lines)
            {
                console.WriteLine(shape.PadRight(column) + line);
                shape = "";
            }
        }
    }

    private static void WriteExamples(IAnsiConsole console, IReadOnlyList<Example> examples)
    {
        if (examples.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine("Examples", Heading);
        foreach (var example in examples)
        {
            console.WriteLine("  " + example.CommandLine);
            foreach (var line in Wrap(example.Meaning, Math.Min(console.Profile.Width, WidestLine) - 7))
            {
                console.WriteLine("      " + line, Quiet);
            }
        }
    }

    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length > 0 ? $"{line} {word}" : word;
            }
        }

        lines.Add(line);
        return lines;
    }
}
