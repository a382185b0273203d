using System.CommandLine;
using ImageSearch.Cli.Settings;

namespace ImageSearch.Cli.Options;

/// <summary>What is worked with: <c>--provider</c> and <c>--collection</c>.</summary>
internal sealed class HomeOptions
{
    private readonly SettingFlag _provider = new("--provider", SettingTable.Provider, "PROVIDER");
    private readonly SettingFlag _collection = new("--collection", SettingTable.Collection, "NAME");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_provider);
        command.Add(_collection);
    }
}
