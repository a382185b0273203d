using System.Globalization;

namespace ImageSearch.Cli.Settings;

/// <summary>One setting: what it is for, which values it takes, and where it lands in the options.</summary>
/// <param name="Key">Section and name with a colon between them, for example <c>Searching:Limit</c>.</param>
/// <param name="Summary">What it decides, in one sentence.</param>
/// <param name="Values">The values it takes, for people.</param>
/// <param name="Read">The value in force, as a person would write it; null where none is set.</param>
/// <param name="Write">Takes a value; throws <see cref="FormatException"/> when it is none of <paramref name="Values"/>.</param>
internal sealed record Setting(
    string Key,
    string Summary,
    string Values,
    Func<CliOptions, string?> Read,
    Action<CliOptions, string> Write)
{
    /// <summary>The environment variable that sets it.</summary>
    public string EnvironmentVariable => EnvironmentPrefix + Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>The value without it, for people; null where there is none.</summary>
    public string? Default => DefaultText ?? Read(new CliOptions());

    /// <summary>Words for a default that differs from machine to machine.</summary>
    public string? DefaultText { get; init; }

    /// <summary>What the names of all setting variables begin with.</summary>
    public const string EnvironmentPrefix = "IMAGESEARCH__";

    /// <summary>A setting that takes any text.</summary>
    public static Setting Text(string key, string summary, string values, Func<CliOptions, string?> read, Action<CliOptions, string> write) =>
        new(key, summary, values, read, (options, text) => write(options, text.Length > 0 ? text : throw new FormatException()));

    /// <summary>A setting that takes a whole number within both ends.</summary>
    public static Setting Whole(string key, string summary, long min, long max, Func<CliOptions, long> read, Action<CliOptions, long> write) =>
        new(key, summary, $"{min} to {max}", options => read(options).ToString(CultureInfo.InvariantCulture), (options, text) =>
        {
            var isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
            write(options, isWhole && value >= min && value <= max ? value : throw new FormatException());
        });

    /// <summary>A setting that takes a number within both ends, or nothing.</summary>
    public static Setting Fraction(string key, string summary, double min, double max, Func<CliOptions, double?> read, Action<CliOptions, double> write) =>
        new(key, summary, string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"), options => read(options)?.ToString(CultureInfo.InvariantCulture), (options, text) =>
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
            write(options, isNumber && value >= min && value <= max ? value : throw new FormatException());
        });

    /// <summary>A setting that takes one of a few words, regardless of case.</summary>
    public static Setting Choice<TChoice>(string key, string summary, Func<CliOptions, TChoice> read, Action<CliOptions, TChoice> write)
        where TChoice : struct, Enum
    {
        var names = Enum.GetNames<TChoice>();
        return new(
            key,
            summary,
            string.Join(", ", names).ToLowerInvariant(),
            options => read(options).ToString().ToLowerInvariant(),
            (options, text) => write(options, names.Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<TChoice>(text, ignoreCase: true) : throw new FormatException()));
    }
}
