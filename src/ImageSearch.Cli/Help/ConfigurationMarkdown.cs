using ImageSearch.Cli.Settings;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Help;

/// <summary>Lays all settings out as Markdown: <c>docs/configuration.md</c>.</summary>
internal static class ConfigurationMarkdown
{
    /// <summary>Prints the whole reference.</summary>
    public static void Write(TextWriter writer)
    {
        writer.WriteLine(
            $$"""
            # Configuration

            Printed by `{{CommandReference.Program}} show config --markdown`; a test compares the two.

            Every setting can come from four places; the first that has it wins:

            1. the command line, where the command has a flag for it;
            2. the environment: `{{SettingSources.EnvironmentPrefix}}Section__Key`, for example `{{SettingTable.Find(SettingTable.Limit).EnvironmentVariable}}=20`;
            3. `{{SettingSources.FileName}}` in the current directory, then in the home folder;
            4. the default.

            `{{CommandReference.Program}} config show` prints each value in force with its source. A key or value that is not known is an error
            (exit code {{(int)ExitCode.Usage}}), never passed over. The home folder can also be set by `{{SettingSources.HomeVariable}}`; without it, it is
            `~/.local/share/imagesearch` (or `$XDG_DATA_HOME/imagesearch`) on Linux, `~/Library/Application Support/imagesearch` on macOS.

            ```json
            {
              "Searching": { "Limit": 20, "MinScore": 0.2 },
              "Output": { "Thumbnails": "auto" }
            }
            ```
            """);
        foreach (var section in SettingTable.All.GroupBy(setting => setting.Key.Split(':')[0]))
        {
            WriteSection(writer, section.Key, [.. section]);
        }
    }

    private static void WriteSection(TextWriter writer, string name, IReadOnlyList<Setting> settings)
    {
        writer.WriteLine();
        writer.WriteLine($"## {name}");
        writer.WriteLine();
        writer.WriteLine("| key | what it decides | values | default |");
        writer.WriteLine("|---|---|---|---|");
        foreach (var setting in settings)
        {
            writer.WriteLine($"| `{setting.Key}` | {setting.Summary} | {setting.Values} | {setting.Default} |");
        }
    }
}
