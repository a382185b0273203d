using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch.Settings;

/// <summary>One setting: what it is for, which values it takes, and where it lands in the options that it was made for.</summary>
/// <param name="Key">Section and name with a colon between them, for example <c>Indexing:Readers</c>.</param>
/// <param name="Summary">What it decides, in one sentence.</param>
/// <param name="Values">The values it takes, for people.</param>
/// <param name="Read">The value in force, as a person would write it; null where none is set.</param>
/// <param name="Write">Takes a value; throws <see cref="FormatException"/> when it is none of <paramref name="Values"/>.</param>
public sealed record Setting(string Key, string Summary, string Values, Func<string?> Read, Action<string> Write)
{
    private const int LongestName = 60;
    private const decimal MostDollars = 1_000_000;
    private const string DayFormat = "yyyy-MM-dd";

    private static readonly string NameForm = $"up to {LongestName} letters, digits, - _ and ., the first a letter or digit";

    /// <summary>The value in force when the setting was made, before any was applied; or words, where that differs from machine to machine. Null where there is none.</summary>
    public string? Default { get; init; } = Read();

    /// <summary>The environment variable that sets it.</summary>
    public string EnvironmentVariable => SettingSources.EnvironmentPrefix + Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Takes a value that a person gave.</summary>
    /// <param name="value">The value as written.</param>
    /// <param name="source">Where it was written, for example <c>flag --limit</c>.</param>
    /// <exception cref="SettingException">It is none that the setting takes; the message names key, value, source and what is allowed.</exception>
    public void Apply(string value, string source)
    {
        try
        {
            Write(value);
        }
        catch (FormatException)
        {
            throw new SettingException($"{Key} cannot be \"{value}\" (from {source}). It takes {Values}.");
        }
    }

    /// <summary>A setting that takes the path of a folder.</summary>
    public static Setting Folder(string key, string summary, Func<string?> read, Action<string> write) =>
        new(key, summary, "a folder", read, text => write(text.Length > 0 ? text : throw new FormatException()));

    /// <summary>A setting that takes any text.</summary>
    public static Setting Text(string key, string summary, Func<string?> read, Action<string> write) =>
        new(key, summary, "a text", read, text => write(text.Length > 0 ? text : throw new FormatException()));

    /// <summary>A setting that takes a text which nobody is to see: reading it says only that it is set.</summary>
    public static Setting Secret(string key, string summary, Func<string?> read, Action<string> write) =>
        new(key, summary, "a text", () => read() is null ? null : "(hidden)", text => write(text.Length > 0 ? text : throw new FormatException()));

    /// <summary>A setting that takes the name of something kept in a folder of that name.</summary>
    public static Setting Name(string key, string summary, Func<string?> read, Action<string> write) =>
        new(key, summary, NameForm, read, text => write(IsName(text) ? text : throw new FormatException()));

    /// <summary>A setting that takes the name of something kept in a folder of that name, or the address of a collection on a server.</summary>
    public static Setting NameOrAddress(string key, string summary, Func<string?> read, Action<string> write) =>
        new(key, summary, $"{NameForm}; or {QdrantAddress.Form}", read, text =>
            write(IsName(text) || QdrantAddress.TryParse(text, out _) ? text : throw new FormatException()));

    /// <summary>A setting that is on or off.</summary>
    public static Setting Switch(string key, string summary, Func<bool> read, Action<bool> write) =>
        new(key, summary, "true or false", () => read() ? "true" : "false", text => write(bool.TryParse(text, out var value) ? value : throw new FormatException()));

    /// <summary>A setting that takes a whole number within both ends.</summary>
    public static Setting Whole(string key, string summary, long min, long max, Func<long?> read, Action<long> write) =>
        new(key, summary, $"{min} to {max}", () => read()?.ToString(CultureInfo.InvariantCulture), text =>
        {
            var isWhole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
            write(isWhole && value >= min && value <= max ? value : throw new FormatException());
        });

    /// <summary>A setting that takes a number within both ends, or nothing.</summary>
    public static Setting Fraction(string key, string summary, double min, double max, Func<double?> read, Action<double> write) =>
        new(key, summary, string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"), () => read()?.ToString(CultureInfo.InvariantCulture), text =>
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
            write(isNumber && value >= min && value <= max ? value : throw new FormatException());
        });

    /// <summary>A setting that takes an amount of US dollars, or nothing.</summary>
    public static Setting Dollars(string key, string summary, Func<decimal?> read, Action<decimal> write) =>
        new(key, summary, "US dollars, for example 2.50", () => read()?.ToString(CultureInfo.InvariantCulture), text =>
        {
            var isAmount = decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value);
            write(isAmount && value <= MostDollars ? value : throw new FormatException());
        });

    /// <summary>A setting that takes a day, or nothing.</summary>
    public static Setting Day(string key, string summary, Func<DateOnly?> read, Action<DateOnly> write) =>
        new(key, summary, "a day, for example 2026-11-22", () => read()?.ToString(DayFormat, CultureInfo.InvariantCulture), text =>
            write(DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new FormatException()));

    /// <summary>A setting that takes one of the names of an enumeration, regardless of case.</summary>
    /// <remarks>Not generic: code for each enumeration would have to be compiled anew at every start of the program.</remarks>
    public static Setting Choice(string key, string summary, Type choices, Func<Enum> read, Action<object> write) => new(
        key,
        summary,
        string.Join(", ", Enum.GetNames(choices)).ToLowerInvariant(),
        () => read().ToString().ToLowerInvariant(),
        text => write(
            Enum.GetNames(choices).Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(choices, text, ignoreCase: true) : throw new FormatException()));

    private static bool IsName(string text) => text.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
