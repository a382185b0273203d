using ImageSearch.Cli.Output;
using ImageSearch.Cli.Output.Graphics;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Settings;

/// <summary>Every setting of this program: the library's, and how results are printed.</summary>
internal static class SettingTable
{
    /// <summary>Key of the number of hits.</summary>
    public const string Limit = "Searching:Limit";

    /// <summary>Key of the lowest score shown.</summary>
    public const string MinScore = "Searching:MinScore";

    /// <summary>Key of the output format.</summary>
    public const string Format = "Output:Format";

    /// <summary>Key of the thumbnail protocol.</summary>
    public const string Thumbnails = "Output:Thumbnails";

    /// <summary>All settings, by section, for telling about them: what is applied here reaches no run.</summary>
    public static IReadOnlyList<Setting> All { get; } = Of(new CliOptions());

    private static readonly Dictionary<string, Setting> ByKey = All.ToDictionary(setting => setting.Key);

    /// <summary>The setting with this key, which is known to exist.</summary>
    public static Setting Find(string key) => ByKey[key];

    /// <summary>All settings of the options, by section.</summary>
    public static IReadOnlyList<Setting> Of(CliOptions options) =>
    [
        .. ImageSearchSettings.Of(options.Search),
        Setting.Whole(Limit, "Most hits shown.", 1, 1000,
            () => options.Limit, value => options.Limit = (int)value),
        Setting.Fraction(MinScore, "Lowest score shown.", 0, 1,
            () => options.MinScore, value => options.MinScore = value),
        Setting.Choice(Format, "How results are printed.", typeof(OutputFormat),
            () => options.Format, value => options.Format = (OutputFormat)value),
        Setting.Choice(Thumbnails, "How pictures are drawn in the terminal, in tables of hits.", typeof(ThumbnailProtocol),
            () => options.Thumbnails, value => options.Thumbnails = (ThumbnailProtocol)value),
    ];
}
