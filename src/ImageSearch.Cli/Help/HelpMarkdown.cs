namespace ImageSearch.Cli.Help;

/// <summary>Lays the reference of all commands out as Markdown: <c>docs/cli.md</c>.</summary>
internal static class HelpMarkdown
{
    /// <summary>Prints the whole reference.</summary>
    public static void Write(TextWriter writer, CommandReference root)
    {
        writer.WriteLine("# Command line");
        writer.WriteLine();
        writer.WriteLine($"Printed by `{CommandReference.Program} help --markdown`; a test compares the two.");
        writer.WriteLine();
        writer.WriteLine(root.Summary);
        writer.WriteLine();
        writer.WriteLine("Data goes to stdout, everything else to stderr. Options may stand before or after arguments.");
        WriteEntries(writer, "Options of every command", root.GlobalOptions);
        WriteExitCodes(writer);
        foreach (var command in root.Subcommands)
        {
            WriteCommand(writer, command, level: 2);
        }
    }

    private static void WriteCommand(TextWriter writer, CommandReference reference, int level)
    {
        writer.WriteLine();
        writer.WriteLine($"{new string('#', level)} {reference.Name}");
        writer.WriteLine();
        writer.WriteLine(reference.Summary);
        writer.WriteLine();
        writer.WriteLine($"    {reference.Usage}");
        WriteEntries(writer, "Argument", reference.Arguments);
        WriteEntries(writer, "Option", reference.Options);
        if (reference.Examples.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine("```sh");
            foreach (var example in reference.Examples)
            {
                writer.WriteLine($"# {example.Meaning}");
                writer.WriteLine(example.CommandLine);
            }

            writer.WriteLine("```");
        }

        foreach (var sub in reference.Subcommands)
        {
            WriteCommand(writer, sub, level + 1);
        }
    }

    private static void WriteEntries(TextWriter writer, string heading, IReadOnlyList<ReferenceEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine($"| {heading} | |");
        writer.WriteLine("|---|---|");
        foreach (var entry in entries)
        {
            writer.WriteLine($"| `{entry.Shape}` | {Cell(entry.Text)} |");
        }
    }

    private static void WriteExitCodes(TextWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine("## Exit codes");
        writer.WriteLine();
        writer.WriteLine("| code | meaning |");
        writer.WriteLine("|---|---|");
        foreach (var (code, meaning) in ExitCodeReference.All)
        {
            writer.WriteLine($"| {(int)code} | {Cell(meaning)} |");
        }

        writer.WriteLine();
        writer.WriteLine("Any other code means failure.");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
