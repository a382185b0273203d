using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Settings;

namespace ImageSearch.Cli;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    /// <summary>The home folder.</summary>
    public static SettingFlag Home { get; } = new("--home", ImageSearchSettings.Home, "DIR") { Recursive = true };

    /// <summary>More on stderr: log lines, and the stack of an unexpected error.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Print log lines, and the stack of an unexpected error, on stderr.", Recursive = true };

    /// <summary>No colours.</summary>
    public static Option<bool> NoColour { get; } = new("--no-color") { Description = "Print without colours, as the variable NO_COLOR does.", Recursive = true };

    /// <summary>Adds them to the root.</summary>
    public static void AddTo(Command root)
    {
        root.Add(Home);
        root.Add(Verbose);
        root.Add(NoColour);
    }
}
