using System.CommandLine;

namespace ImageSearch.Cli.Settings;

/// <summary>The settings of one run: flag over environment over file over default.</summary>
/// <param name="Options">The options with every setting applied.</param>
/// <param name="Values">Every setting with its source, in the order of <see cref="SettingTable"/>.</param>
internal sealed record ResolvedSettings(CliOptions Options, IReadOnlyList<SettingValue> Values)
{
    /// <summary>The short name of the home folder's variable.</summary>
    public const string HomeVariable = "IMAGESEARCH_HOME";

    private sealed record Layer(Func<Setting, string> Source, IReadOnlyDictionary<string, string> Values);

    /// <summary>Gathers the settings.</summary>
    /// <exception cref="UsageException">A key or a value is not known.</exception>
    public static ResolvedSettings Of(ParseResult parsed, Shell shell)
    {
        var local = Path.Combine(shell.CurrentDirectory, SettingsFile.Name);
        var layers = new List<Layer> { Flags(parsed), Variables(shell.Environment), ShortVariable(shell.Environment), FileLayer(local) };

        // The home folder is settled first, because a file in it is one of the layers.
        var home = Path.GetFullPath(Find(SettingTable.Of(SettingTable.Home), layers)?.Value ?? ImageSearchHome.DefaultFolder, shell.CurrentDirectory);
        var remote = Path.Combine(home, SettingsFile.Name);
        if (remote != local)
        {
            layers.Add(HomeFileLayer(remote));
        }

        var options = new CliOptions();
        var values = new List<SettingValue>();
        foreach (var setting in SettingTable.All)
        {
            var found = Find(setting, layers);
            if (found is { Value: { } value })
            {
                setting.Apply(options, value, found.Source);
            }

            values.Add(new SettingValue(setting, setting.Read(options), found?.Source ?? "default"));
        }

        options.Search.Home = home;
        return new ResolvedSettings(options, [.. values.Select(value => value.Setting.Key == SettingTable.Home ? value with { Value = home } : value)]);
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

    private static Layer Flags(ParseResult parsed)
    {
        var names = new Dictionary<string, string>();
        var values = new Dictionary<string, string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            foreach (var flag in command.Command.Options.OfType<SettingFlag>())
            {
                if (parsed.GetResult(flag) is { Implicit: false } && parsed.GetValue(flag) is { } value)
                {
                    names[flag.Setting.Key] = flag.Name;
                    values[flag.Setting.Key] = value;
                }
            }
        }

        return new Layer(setting => $"flag {names[setting.Key]}", values);
    }

    private static Layer Variables(IReadOnlyDictionary<string, string> environment)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in environment)
        {
            if (name.StartsWith(Setting.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var key = name[Setting.EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal);
                values[SettingTable.Find(key, $"environment variable {name}", value).Key] = value;
            }
        }

        return new Layer(setting => $"environment {setting.EnvironmentVariable}", values);
    }

    private static Layer ShortVariable(IReadOnlyDictionary<string, string> environment)
    {
        var values = new Dictionary<string, string>();
        if (environment.GetValueOrDefault(HomeVariable) is { Length: > 0 } home)
        {
            values[SettingTable.Home] = home;
        }

        return new Layer(_ => $"environment {HomeVariable}", values);
    }

    private static Layer FileLayer(string path) => new(_ => path, SettingsFile.Read(path));

    private static Layer HomeFileLayer(string path)
    {
        var layer = FileLayer(path);
        return layer.Values.ContainsKey(SettingTable.Home)
            ? throw new UsageException($"{path}: \"{SettingTable.Home}\" cannot be set in the home folder's own file. Set {HomeVariable} or use --home.")
            : layer;
    }
}
