using System.Collections;

namespace ImageSearch.Settings;

/// <summary>The command line of a program whose every flag is a setting with its value.</summary>
public static class SettingFlags
{
    /// <summary>Sets what the arguments say, and what the environment of this process and the files of its current directory say beside them.</summary>
    /// <param name="arguments">Flags, each followed by its value.</param>
    /// <param name="flags">The setting's key of each flag.</param>
    /// <param name="settings">Every setting of the program.</param>
    /// <exception cref="SettingException">A flag is not known, has no value or is given twice, or a key or value is not known.</exception>
    public static void Apply(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> flags, IReadOnlyList<Setting> settings)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(flags);
        ArgumentNullException.ThrowIfNull(settings);
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
        _ = SettingSources.Apply(settings, Read(arguments, flags, settings), environment, Environment.CurrentDirectory);
    }

    private static List<SettingValue> Read(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> flags, IReadOnlyList<Setting> settings)
    {
        var given = new List<SettingValue>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var flag = arguments[i];
            if (!flags.TryGetValue(flag, out var key) || i + 1 == arguments.Count || given.Any(earlier => earlier.Setting.Key == key))
            {
                throw new SettingException($"\"{flag}\" is no flag here, has no value or is given twice. Flags are {string.Join(", ", flags.Keys)}, each with a value.");
            }

            given.Add(new SettingValue(settings.Single(setting => setting.Key == key), arguments[i + 1], $"flag {flag}"));
        }

        return given;
    }
}
