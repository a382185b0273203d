using System.Globalization;

namespace ImageSearch.Searching.Planning;

/// <summary>The English names of months, seasons and holidays, and numbers in words.</summary>
internal static class Calendar
{
    /// <summary>The number of a month, by its name or the first three letters.</summary>
    public static int? Month(string name) => name switch
    {
        "january" or "jan" => 1,
        "february" or "feb" => 2,
        "march" or "mar" => 3,
        "april" or "apr" => 4,
        "may" => 5,
        "june" or "jun" => 6,
        "july" or "jul" => 7,
        "august" or "aug" => 8,
        "september" or "sept" or "sep" => 9,
        "october" or "oct" => 10,
        "november" or "nov" => 11,
        "december" or "dec" => 12,
        _ => null,
    };

    /// <summary>A number up to twelve in words, or one of up to three digits.</summary>
    public static int? Number(string word) => word switch
    {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        { Length: > 0 and <= 3 } when word.All(char.IsAsciiDigit) => int.Parse(word, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The day of a month, as <c>3</c>, <c>3rd</c> or <c>03</c>.</summary>
    public static int? DayOfMonth(string word)
    {
        var digits = word is [.., 's', 't'] or [.., 'n', 'd'] or [.., 'r', 'd'] or [.., 't', 'h'] ? word[..^2] : word;
        return digits.Length is 1 or 2 && digits.All(char.IsAsciiDigit) && Number(digits) is >= 1 and <= 31 and var day ? day : null;
    }

    /// <summary>The first year of a decade as <c>1990s</c>, <c>90s</c> or <c>nineties</c>; in two digits it is of the 20th century, but for <c>00s</c> and <c>10s</c>.</summary>
    public static int? Decade(string word) => word switch
    {
        "twenties" => 1920,
        "thirties" => 1930,
        "forties" => 1940,
        "fifties" => 1950,
        "sixties" => 1960,
        "seventies" => 1970,
        "eighties" => 1980,
        "nineties" => 1990,
        [var tens and >= '0' and <= '9', '0', 's'] => (tens <= '1' ? 2000 : 1900) + ((tens - '0') * 10),
        [_, _, _, '0', 's'] when word[..^1].All(char.IsAsciiDigit) => int.Parse(word[..^1], CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The days of a season in the north; winter begins in the year that names it.</summary>
    public static DaySpan? Season(string name, int year) => name switch
    {
        "spring" => Months(year, 3),
        "summer" => Months(year, 6),
        "autumn" or "fall" => Months(year, 9),
        "winter" => Months(year, 12),
        _ => null,
    };

    /// <summary>The days of a holiday.</summary>
    public static DaySpan? Holiday(string name, int year) => name switch
    {
        "christmas" => new DaySpan(new DateOnly(year, 12, 24), new DateOnly(year, 12, 27)),
        "christmas eve" => DaySpan.Day(new DateOnly(year, 12, 24)),
        "christmas day" => DaySpan.Day(new DateOnly(year, 12, 25)),
        "halloween" => DaySpan.Day(new DateOnly(year, 10, 31)),
        "new year's eve" or "new year’s eve" or "new years eve" => DaySpan.Day(new DateOnly(year, 12, 31)),
        "valentine's day" or "valentine’s day" or "valentines day" => DaySpan.Day(new DateOnly(year, 2, 14)),
        _ => null,
    };

    private static DaySpan Months(int year, int first) => new(new DateOnly(year, first, 1), new DateOnly(year, first, 1).AddMonths(3));
}
