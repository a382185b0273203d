using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageSearch.Settings;

/// <summary>
/// The places that every program takes its settings from; the first that has one wins: flags, environment variables,
/// <c>imagesearch.json</c> in the current directory and then in the home folder, what was switched to (<see cref="CurrentCollection"/>),
/// the default.
/// </summary>
public static partial class SettingSources
{
    /// <summary>What the names of all setting variables begin with.</summary>
    public const string EnvironmentPrefix = "IMAGESEARCH__";

    /// <summary>The short name of the home folder's variable.</summary>
    public const string HomeVariable = "IMAGESEARCH_HOME";

    /// <summary>The variable that other programs of Qdrant read the server's key from, too.</summary>
    public const string ApiKeyVariable = "QDRANT_API_KEY";

    /// <summary>Name of the file, in the current directory or in the home folder.</summary>
    public const string FileName = "imagesearch.json";

    // All programs read the same files and variables: each passes over what is another's alone.
    private static readonly string[] SectionsOfOneProgram = ["Libraries", "Output", "Searching", "Server", "Worker"];

    private sealed record Layer(Func<Setting, string> Source, IReadOnlyDictionary<string, string> Values);

    /// <summary>Gathers the settings of one run and applies them.</summary>
    /// <param name="settings">Every setting of the program, with that of the home folder among them.</param>
    /// <param name="flags">What the command line sets, with the flags as sources.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="currentDirectory">Absolute path; a relative home folder is taken from here.</param>
    /// <returns>Every setting with the value in force and its source, in the order of <paramref name="settings"/>.</returns>
    /// <exception cref="SettingException">A key or a value is not known, or a file cannot be read.</exception>
    public static IReadOnlyList<SettingValue> Apply(
        IReadOnlyList<Setting> settings, IReadOnlyList<SettingValue> flags, IReadOnlyDictionary<string, string> environment, string currentDirectory)
    {
        var known = settings.ToDictionary(setting => setting.Key, StringComparer.OrdinalIgnoreCase);
        var local = Path.Combine(currentDirectory, FileName);
        var layers = new List<Layer> { FlagLayer(flags), VariableLayer(known, environment), ShortVariableLayer(environment), FileLayer(known, local) };

        // The home folder is settled first, because a file in it is one of the layers.
        var home = Path.GetFullPath(Find(known[ImageSearchSettings.Home], layers)?.Value ?? ImageSearchHome.DefaultFolder, currentDirectory);
        var remote = Path.Combine(home, FileName);
        if (remote != local)
        {
            layers.Add(HomeFileLayer(known, remote));
        }

        // All or none of it: a collection of one model means nothing with another.
        if (ImageSearchSettings.OfTheCollection.All(key => Find(known[key], layers) is null))
        {
            layers.Add(CurrentLayer(home));
        }

        foreach (var setting in settings)
        {
            if (Find(setting, layers) is { Value: { } value } found)
            {
                setting.Apply(value, found.Source);
            }
        }

        known[ImageSearchSettings.Home].Write(home);
        return [.. settings.Select(setting => new SettingValue(setting, setting.Read(), Find(setting, layers)?.Source ?? "default"))];
    }

    private static SettingValue? Find(Setting setting, List<Layer> layers)
    {
        foreach (var layer in layers)
        {
            if (layer.Values.TryGetValue(setting.Key, out var value))
            {
                return new SettingValue(setting, value, layer.Source(setting));
            }
        }

        return null;
    }

    private static Layer FlagLayer(IReadOnlyList<SettingValue> flags)
    {
        var given = flags.Where(flag => flag.Value is not null).ToDictionary(flag => flag.Setting.Key);
        return new Layer(setting => given[setting.Key].Source, given.ToDictionary(flag => flag.Key, flag => flag.Value.Value!));
    }

    private static Layer VariableLayer(Dictionary<string, Setting> known, IReadOnlyDictionary<string, string> environment)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in environment)
        {
            if (name.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var key = name[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal);
                Take(values, known, key, $"environment variable {name}", value);
            }
        }

        return new Layer(setting => $"environment {setting.EnvironmentVariable}", values);
    }

    private static Layer ShortVariableLayer(IReadOnlyDictionary<string, string> environment)
    {
        var variables = new Dictionary<string, string>
        {
            [ImageSearchSettings.Home] = HomeVariable,
            [ImageSearchSettings.CollectionApiKey] = ApiKeyVariable,
        };
        var values = new Dictionary<string, string>();
        foreach (var (key, variable) in variables)
        {
            if (environment.GetValueOrDefault(variable) is { Length: > 0 } value)
            {
                values[key] = value;
            }
        }

        return new Layer(setting => $"environment {variables[setting.Key]}", values);
    }

    private static Layer FileLayer(Dictionary<string, Setting> known, string path)
    {
        var values = new Dictionary<string, string>();
        foreach (var (key, value) in SettingsFile.Read(path))
        {
            Take(values, known, key, path, value);
        }

        return new Layer(_ => path, values);
    }

    private static Layer HomeFileLayer(Dictionary<string, Setting> known, string path)
    {
        var layer = FileLayer(known, path);
        return layer.Values.ContainsKey(ImageSearchSettings.Home)
            ? throw new SettingException($"{path}: \"{ImageSearchSettings.Home}\" cannot be set in the home folder's own file. Set {HomeVariable} or use --home.")
            : layer;
    }

    private static Layer CurrentLayer(string home)
    {
        try
        {
            var values = new Dictionary<string, string>();
            if (CurrentCollection.Read(home)?.Now is { } now)
            {
                values.Add(ImageSearchSettings.Provider, now.Provider.ToString());
                values.Add(ImageSearchSettings.Dimension, now.Dimension.ToString(CultureInfo.InvariantCulture));
                values.Add(ImageSearchSettings.Collection, now.Collection);
                if (now.Model is { } model)
                {
                    values.Add(ImageSearchSettings.Model, model);
                }
            }

            return new Layer(_ => Path.Combine(home, CurrentCollection.FileName), values);
        }
        catch (InvalidDataException damaged)
        {
            throw new SettingException(damaged.Message);
        }
    }

    private static void Take(Dictionary<string, string> values, Dictionary<string, Setting> known, string key, string source, string value)
    {
        if (known.TryGetValue(key, out var setting))
        {
            values[setting.Key] = value;
        }
        else if (!IsOfAnotherProgram(key, known))
        {
            var allowed = known.Keys.Select(name => Numbers().Replace(name, ":N:")).Distinct();
            throw new SettingException($"{source}: there is no setting \"{key}\" (value \"{value}\"). Allowed are {string.Join(", ", allowed)}.");
        }
    }

    private static bool IsOfAnotherProgram(string key, Dictionary<string, Setting> known)
    {
        var section = SectionsOfOneProgram.FirstOrDefault(section => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase));
        return section is not null && !known.Keys.Any(own => own.StartsWith(section + ":", StringComparison.Ordinal));
    }

    [GeneratedRegex(@":\d+:")]
    private static partial Regex Numbers();
}
