namespace ImageSearch.Settings;

/// <summary>Reads the command line of a program whose every flag is a setting with its value.</summary>
public static class SettingFlags
{
    /// <summary>What the arguments set.</summary>
    /// <param name="arguments">Flags, each followed by its value.</param>
    /// <param name="flags">The setting's key of each flag.</param>
    /// <param name="settings">Every setting of the program.</param>
    /// <exception cref="SettingException">A flag is not known, has no value or is given twice.</exception>
    public static IReadOnlyList<SettingValue> Read(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> flags, IReadOnlyList<Setting> settings)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(flags);
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
