using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Options;

/// <summary>What is worked with: <c>--provider</c> and <c>--collection</c>.</summary>
internal sealed class HomeOptions
{
    private readonly SettingFlag _provider = new("--provider", ImageSearchSettings.Provider, "PROVIDER");
    private readonly SettingFlag _collection = new("--collection", ImageSearchSettings.Collection, "NAME");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_provider);
        command.Add(_collection);
    }
}
