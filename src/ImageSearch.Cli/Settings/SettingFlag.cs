using System.CommandLine;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Settings;

/// <summary>A command-line option that sets a setting for one run.</summary>
internal sealed class SettingFlag : Option<string>
{
    /// <summary>Makes the flag <paramref name="name"/> for the setting with the key.</summary>
    public SettingFlag(string name, string key, string valueName, params string[] aliases)
        : base(name, aliases)
    {
        Setting = SettingTable.Find(key);
        Description = Setting.Summary;
        HelpName = valueName;
    }

    /// <summary>The setting that the flag sets.</summary>
    public Setting Setting { get; }
}
