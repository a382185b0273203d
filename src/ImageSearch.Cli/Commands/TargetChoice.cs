using ImageSearch.Settings;

namespace ImageSearch.Cli.Commands;

/// <summary>Reads which collection a command line means beside the one in use.</summary>
internal static class TargetChoice
{
    /// <summary>The collection in use and the one that is meant.</summary>
    /// <exception cref="UsageException">They are the same.</exception>
    /// <exception cref="SettingException">It can be no collection.</exception>
    public static (CollectionChoice Present, CollectionChoice Target) Of(string text, string source, ImageSearchOptions options, Shell shell)
    {
        using var home = new ImageSearchHome(options, shell.Time);
        var (present, target) = (home.Choice, home.Choice.Beside(text));
        ImageSearchSettings.Of(target.In(options)).Single(setting => setting.Key == ImageSearchSettings.Collection).Apply(target.Collection, source);
        return target.Collection == present.Collection
            ? throw new UsageException($"{present.Collection} is the collection in use. Name another place, or another model as PROVIDER-DIMENSION.")
            : (present, target);
    }
}
