using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;
using ImageSearch.Imaging;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Commands;

/// <summary><c>show</c>: what this program knows, from the program itself.</summary>
internal static class ShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell) => new("show", "What this program knows: filters, formats, settings, exit codes.")
    {
        Fact(shell, "filters", "Print the filters of the query language.", _ => Filters(), new Example("imagesearch show filters", "Every key with its values and examples.")),
        Fact(shell, "formats", "Print the picture formats and whether this machine decodes them.", _ => Formats(), new Example("imagesearch show formats", "Asks libvips by decoding a tiny picture of each.")),
        Fact(shell, "exit-codes", "Print the exit codes and their meaning.", _ => ExitCodes(), new Example("imagesearch show exit-codes", "For scripts that look at $?.")),
        Config(shell),
    };

    private static Verb Fact(Shell shell, string name, string summary, Func<ResolvedSettings, Listing> facts, Example example)
    {
        var verb = new Verb(name, summary, example);
        new OutputOptions().AddTo(verb);
        verb.SetAction(parsed =>
        {
            var settings = ResolvedSettings.Of(parsed, shell);
            ListingWriter.Write(shell.Terminal, facts(settings), settings.Options.Format);
        });
        return verb;
    }

    private static Verb Config(Shell shell)
    {
        var markdown = new Option<bool>("--markdown") { Description = "Print the reference of all settings as Markdown (docs/configuration.md)." };
        var verb = new Verb(
            "config",
            "Print every setting there is, what it decides and its default.",
            new Example("imagesearch show config", "All settings."),
            new Example("imagesearch show config --markdown > docs/configuration.md", "Renew the reference of all settings."))
        {
            markdown,
        };
        new OutputOptions().AddTo(verb);
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(markdown))
            {
                ConfigurationMarkdown.Write(shell.Terminal.Out);
                return;
            }

            ListingWriter.Write(shell.Terminal, Settings(), ResolvedSettings.Of(parsed, shell).Options.Format);
        });
        return verb;
    }

    private static Listing Settings() => new(
        [new("Setting", ColumnLook.Name), new("Default"), new("Values"), new("Decides")],
        [.. SettingTable.All.Select(setting => (IReadOnlyList<object?>)[setting.Key, setting.Default, setting.Values, setting.Summary])]);

    private static Listing Filters() => new(
        [new("Filter", ColumnLook.Name), new("Meaning"), new("Values"), new("Examples")],
        [.. QueryFilters.All.Select(filter => (IReadOnlyList<object?>)[filter.Key + ":", filter.Meaning, filter.Values, string.Join("  ", filter.Examples)])]);

    private static Listing Formats() => new(
        [new("Format", ColumnLook.Name), new("Decoded")],
        [.. ImageLibrary.Formats.Select(support => (IReadOnlyList<object?>)[support.Format.ToString().ToLowerInvariant(), support.IsDecoded])]);

    private static Listing ExitCodes() => new(
        [new("Code", ColumnLook.Number), new("Meaning")],
        [.. ExitCodeReference.All.Select(entry => (IReadOnlyList<object?>)[(long)entry.Code, entry.Meaning])]);
}
