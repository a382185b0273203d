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
    private const int LongestName = 60;

    /// <summary>The environment variable that sets it.</summary>
    public string EnvironmentVariable => EnvironmentPrefix + Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>The value without it, for people; null where there is none.</summary>
    public string? Default => DefaultText ?? Read(new CliOptions());

    /// <summary>Words for a default that differs from machine to machine.</summary>
    public string? DefaultText { get; init; }

    /// <summary>What the names of all setting variables begin with.</summary>
    public const string EnvironmentPrefix = "IMAGESEARCH__";

    /// <summary>Takes a value that a person gave.</summary>
    /// <exception cref="UsageException">It is none that the setting takes; the message names key, value, source and what is allowed.</exception>
    public void Apply(CliOptions options, string value, string source)
    {
        try
        {
            Write(options, value);
        }
        catch (FormatException)
        {
            throw new UsageException($"{Key} cannot be \"{value}\" (from {source}). It takes {Values}.");
        }
    }

    /// <summary>A setting that takes the path of a folder.</summary>
    public static Setting Folder(string key, string summary, Func<CliOptions, string?> read, Action<CliOptions, string> write) =>
        new(key, summary, "a folder", read, (options, text) => write(options, text.Length > 0 ? text : throw new FormatException()));

    /// <summary>A setting that takes any text.</summary>
    public static Setting Text(string key, string summary, Func<CliOptions, string?> read, Action<CliOptions, string> write) =>
        new(key, summary, "a text", read, (options, text) => write(options, text.Length > 0 ? text : throw new FormatException()));

    /// <summary>A setting that takes the name of something kept in a folder of that name.</summary>
    public static Setting Name(string key, string summary, Func<CliOptions, string?> read, Action<CliOptions, string> write) =>
        new(key, summary, $"up to {LongestName} letters, digits, - _ and ., the first a letter or digit", read, (options, text) =>
        {
            var isName = text.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(text[0])
                && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
            write(options, isName ? text : throw new FormatException());
        });

    /// <summary>A setting that takes a whole number within both ends.</summary>
    public static Setting Whole(string key, string summary, long min, long max, Func<CliOptions, long?> read, Action<CliOptions, long> write) =>
        new(key, summary, $"{min} to {max}", options => read(options)?.ToString(CultureInfo.InvariantCulture), (options, text) =>
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

    /// <summary>A setting that takes one of the names of an enumeration, regardless of case.</summary>
    /// <remarks>Not generic: code for each enumeration would have to be compiled anew at every start of the program.</remarks>
    public static Setting Choice(string key, string summary, Type choices, Func<CliOptions, Enum> read, Action<CliOptions, object> write) => new(
        key,
        summary,
        string.Join(", ", Enum.GetNames(choices)).ToLowerInvariant(),
        options => read(options).ToString().ToLowerInvariant(),
        (options, text) => write(
            options,
            Enum.GetNames(choices).Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(choices, text, ignoreCase: true) : throw new FormatException()));
}
