using System.CommandLine;
using ImageSearch.Cli.Diagnosis;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using Spectre.Console;

namespace ImageSearch.Cli.Commands;

/// <summary><c>doctor</c>: whether everything that is needed is there and works.</summary>
internal static class DoctorCommand
{
    private static readonly Style Quiet = new(decoration: Decoration.Dim);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);

    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var (home, output) = (new HomeOptions(), new OutputOptions());
        var command = new Verb(
            "doctor",
            "Check everything that is needed and say the cure of what is not well. Exit code 1 when anything is not.",
            new Example("imagesearch doctor", "Check libvips, formats, home, collections, libraries, and one point written and found."),
            new Example("imagesearch doctor --live --provider titan", "Call the provider too: one text and one picture, for less than a cent."),
            new Example("imagesearch doctor --output json", "The same for a program."));
        var live = new Option<bool>("--live") { Description = "Call the embedding provider too, with one text and one picture; what it takes for them is paid." };
        home.AddTo(command);
        command.Add(live);
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ResolvedSettings.Of(parsed, shell).Options;
            using var opened = new ImageSearchHome(options.Search, shell.Time);
            var checks = new List<Check>();
            await foreach (var check in new Checkup(opened, options.Search, parsed.GetValue(live), shell.Time).RunAsync(cancellationToken))
            {
                checks.Add(check);
            }

            Write(shell.Terminal, checks, options.Format);
            return (int)(checks.TrueForAll(check => check.IsWell) ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static void Write(Terminal terminal, IReadOnlyList<Check> checks, OutputFormat format)
    {
        if (format != OutputFormat.Table)
        {
            ListingWriter.Write(terminal, ListingOf(checks), format);
            return;
        }

        var table = PlainTable.Create();
        table.ShowHeaders = false;
        table.AddColumn(PlainTable.Column("", Justify.Left, mayWrap: false));
        table.AddColumn(PlainTable.Column("", Justify.Left, mayWrap: false));
        table.AddColumn(PlainTable.Column("", Justify.Left, mayWrap: true).PadRight(0));
        foreach (var check in checks)
        {
            table.AddRow(
                check.IsWell ? new Text("✓", Good) : new Text("✗", Bad),
                new Text(SafeText.OneLine(check.Subject)),
                new Text(SafeText.OneLine(check.Finding), check.IsWell ? Quiet : Bad));
            if (check.Cure is { } cure)
            {
                table.AddRow(Text.Empty, Text.Empty, new Text(SafeText.OneLine(cure)));
            }
        }

        PlainTable.Print(terminal, table);
    }

    private static Listing ListingOf(IReadOnlyList<Check> checks) => new(
        [new("Subject", ColumnLook.Name), new("Well"), new("Finding"), new("Cure")],
        [.. checks.Select(check => (IReadOnlyList<object?>)[check.Subject, check.IsWell, check.Finding, check.Cure])]);
}
