using System.Collections.Frozen;

namespace ImageSearch.Searching.Planning;

/// <summary>The English names of months, seasons and holidays, and numbers in words.</summary>
internal static class Calendar
{
    private static readonly FrozenDictionary<string, int> Months = Numbered(
        1, "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static readonly FrozenDictionary<string, int> Numbers = Numbered(
        1, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private static readonly FrozenDictionary<string, int> Decades = Numbered(
        2, "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties");

    // The first month of each, in the north; three months each.
    private static readonly FrozenDictionary<string, int> Seasons =
        new Dictionary<string, int> { ["spring"] = 3, ["summer"] = 6, ["autumn"] = 9, ["fall"] = 9, ["winter"] = 12 }.ToFrozenDictionary();

    // Month, first day and number of days.
    private static readonly FrozenDictionary<string, (int Month, int Day, int Days)> Holidays = new Dictionary<string, (int, int, int)>
    {
        ["christmas"] = (12, 24, 3),
        ["christmas eve"] = (12, 24, 1),
        ["christmas day"] = (12, 25, 1),
        ["halloween"] = (10, 31, 1),
        ["new year's eve"] = (12, 31, 1),
        ["new years eve"] = (12, 31, 1),
        ["valentine's day"] = (2, 14, 1),
    }.ToFrozenDictionary();

    /// <summary>The number of a month, by its name or the first three letters.</summary>
    public static int? Month(string name) => Months.TryGetValue(name == "sept" ? "sep" : name, out var number) && name.Length > 0 ? ((number - 1) % 12) + 1 : null;

    /// <summary>A number up to twelve in words, or one of up to three digits.</summary>
    public static int? Number(string word) => Numbers.TryGetValue(word, out var number)
        ? number
        : word.Length is > 0 and <= 3 && word.All(char.IsAsciiDigit) ? int.Parse(word, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>The day of a month, as <c>3</c>, <c>3rd</c> or <c>03</c>.</summary>
    public static int? DayOfMonth(string word)
    {
        var digits = word is [.., 's', 't'] or [.., 'n', 'd'] or [.., 'r', 'd'] or [.., 't', 'h'] ? word[..^2] : word;
        return digits.Length <= 2 && Number(digits) is >= 1 and <= 31 and var day && char.IsAsciiDigit(digits[0]) ? day : null;
    }

    /// <summary>The first year of a decade as <c>1990s</c>, <c>90s</c> or <c>nineties</c>; the two last are of the 20th century, but for <c>00s</c> and <c>10s</c>.</summary>
    public static int? Decade(string word)
    {
        if (Decades.TryGetValue(word, out var tens))
        {
            return 1900 + (tens * 10);
        }

        return word is [.., '0', 's'] && word[..^1].All(char.IsAsciiDigit)
            ? word.Length switch
            {
                3 => (word[0] <= '1' ? 2000 : 1900) + ((word[0] - '0') * 10),
                5 => int.Parse(word[..^1], System.Globalization.CultureInfo.InvariantCulture),
                _ => null,
            }
            : null;
    }

    /// <summary>The days of a season; winter begins in the year that names it.</summary>
    public static DaySpan? Season(string name, int year) => Seasons.TryGetValue(name, out var month)
        ? new DaySpan(new DateOnly(year, month, 1), new DateOnly(year, month, 1).AddMonths(3))
        : null;

    /// <summary>The days of a holiday.</summary>
    public static DaySpan? Holiday(string name, int year) => Holidays.TryGetValue(name, out var holiday)
        ? new DaySpan(new DateOnly(year, holiday.Month, holiday.Day), new DateOnly(year, holiday.Month, holiday.Day).AddDays(holiday.Days))
        : null;

    private static FrozenDictionary<string, int> Numbered(int first, params string[] names) => names
        .Select((name, place) => KeyValuePair.Create(name, first + place)).Where(entry => entry.Key.Length > 0).ToFrozenDictionary();
}
