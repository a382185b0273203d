using System.CommandLine;
using ImageSearch.Cli.Help;
using ImageSearch.Cli.Options;
using ImageSearch.Cli.Output;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary><c>config show</c>: the settings in force.</summary>
internal static class ConfigCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(Shell shell)
    {
        var show = new Verb(
            "show",
            "Print every setting with the value in force and where it came from.",
            new Example("imagesearch config show", "All settings and their sources."),
            new Example("IMAGESEARCH__Searching__Limit=20 imagesearch config show --output csv", "The same for a script, with one setting from the environment."));
        new OutputOptions().AddTo(show);
        show.SetAction(parsed =>
        {
            var settings = ResolvedSettings.Of(parsed, shell);
            ListingWriter.Write(shell.Terminal, ListingOf(settings), settings.Options.Format);
        });
        return new Command("config", "The settings in force.") { show };
    }

    private static Listing ListingOf(ResolvedSettings settings) => new(
        [new("Setting", ColumnLook.Name), new("Value", ColumnLook.Name), new("Source")],
        [.. settings.Values.Select(value => (IReadOnlyList<object?>)[value.Setting.Key, value.Value, value.Source])]);
}
