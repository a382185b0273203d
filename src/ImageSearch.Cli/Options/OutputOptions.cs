using System.CommandLine;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Options;

/// <summary>How results are printed: <c>--output</c> and <c>--print0</c>.</summary>
internal sealed class OutputOptions
{
    private readonly SettingFlag _format = new("--output", SettingTable.Format, "FORMAT", "-o");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command) => command.Add(_format);
}
