using System.CommandLine;
using System.CommandLine.Parsing;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Settings;

/// <summary>The settings of one run: flag over environment over file over default.</summary>
/// <param name="Options">The options with every setting applied.</param>
/// <param name="Values">Every setting with its source, in the order of <see cref="SettingTable"/>.</param>
internal sealed record ResolvedSettings(CliOptions Options, IReadOnlyList<SettingValue> Values)
{
    /// <summary>Gathers the settings.</summary>
    /// <exception cref="SettingException">A key or a value is not known.</exception>
    public static ResolvedSettings Of(ParseResult parsed, Shell shell)
    {
        var options = new CliOptions();
        var values = SettingSources.Apply(SettingTable.Of(options), [.. Flags(parsed)], shell.Environment, shell.CurrentDirectory);
        return new ResolvedSettings(options, values);
    }

    private static IEnumerable<SettingValue> Flags(ParseResult parsed)
    {
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
        {
            foreach (var flag in command.Command.Options.OfType<SettingFlag>())
            {
                if (parsed.GetResult(flag) is { Implicit: false } && parsed.GetValue(flag) is { } value)
                {
                    yield return new SettingValue(flag.Setting, value, $"flag {flag.Name}");
                }
            }
        }
    }
}
