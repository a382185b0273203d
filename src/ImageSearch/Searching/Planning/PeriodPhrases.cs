using System.Globalization;

namespace ImageSearch.Searching.Planning;

/// <summary>Reads periods in English words: years, months, days, decades, seasons, holidays, and what counts from today.</summary>
/// <param name="words">The words.</param>
/// <param name="today">The day on which they are read.</param>
internal sealed class PeriodPhrases(IReadOnlyList<PlainWord> words, DateOnly today)
{
    // The first photograph that is left is of 1826.
    private const int FirstYear = 1826;
    private const int MostUnits = 150;
    private const int LongestHoliday = 3;

    /// <summary>The period that begins at a word; null where none does, or where it has not begun yet.</summary>
    public FoundPeriod? Read(int at)
    {
        var hasArticle = Word(at) == "the";
        var start = hasArticle ? at + 1 : at;
        var found = Date(start) ?? MonthOf(start) ?? Year(start) ?? Decade(start, hasArticle) ?? Season(start) ?? Holiday(start) ?? Relative(start, hasArticle);
        return Begun(found);
    }

    /// <summary>The period that begins at a word and counts from today; null where none does.</summary>
    public FoundPeriod? ReadRelative(int at)
    {
        var hasArticle = Word(at) == "the";
        return Begun(Relative(hasArticle ? at + 1 : at, hasArticle));
    }

    /// <summary>The latest month of this name that has begun.</summary>
    public FoundPeriod? MonthAlone(int at)
    {
        if (Calendar.Month(Word(at)) is not { } month)
        {
            return null;
        }

        var year = month <= today.Month ? today.Year : today.Year - 1;
        return new FoundPeriod(DaySpan.Month(year, month), at + 1);
    }

    /// <summary>A month whose year stands with a later one.</summary>
    public FoundPeriod? MonthIn(int at, int year) =>
        Calendar.Month(Word(at)) is { } month ? new FoundPeriod(DaySpan.Month(year, month), at + 1) : null;

    private FoundPeriod? Begun(FoundPeriod? found) => found is { } period && period.Days.From <= today ? period : null;

    private string Word(int at) => at < words.Count ? words[at].Text : "";

    private int? YearAt(int at) => Word(at) is { Length: 4 } word && word.All(char.IsAsciiDigit)
        && int.Parse(word, CultureInfo.InvariantCulture) is >= FirstYear and var year && year <= today.Year ? year : null;

    private FoundPeriod? Year(int at) => YearAt(at) is { } year ? new FoundPeriod(DaySpan.Years(year), at + 1) : null;

    /// <summary>A day with its year, in any of the usual orders; or year and month in digits.</summary>
    private FoundPeriod? Date(int at)
    {
        if (DateOnly.TryParseExact(Word(at), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= FirstYear)
        {
            return new FoundPeriod(DaySpan.Day(day), at + 1) { IsExact = true };
        }

        if (DateOnly.TryParseExact(Word(at), "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year >= FirstYear)
        {
            return new FoundPeriod(DaySpan.Month(month.Year, month.Month), at + 1) { IsExact = true };
        }

        var second = Word(at + 1) == "of" ? at + 2 : at + 1;
        return DayOf(Calendar.Month(Word(second)), Word(at), second + 1) ?? DayOf(Calendar.Month(Word(at)), Word(at + 1), at + 2);
    }

    private FoundPeriod? DayOf(int? month, string dayWord, int yearAt) =>
        month is { } number && Calendar.DayOfMonth(dayWord) is { } day && YearAt(yearAt) is { } year && day <= DateTime.DaysInMonth(year, number)
            ? new FoundPeriod(DaySpan.Day(new DateOnly(year, number, day)), yearAt + 1) { IsExact = true }
            : null;

    private FoundPeriod? MonthOf(int at)
    {
        var yearAt = Word(at + 1) == "of" ? at + 2 : at + 1;
        return Calendar.Month(Word(at)) is { } month && YearAt(yearAt) is { } year
            ? new FoundPeriod(DaySpan.Month(year, month), yearAt + 1) { IsExact = true }
            : null;
    }

    private FoundPeriod? Decade(int at, bool hasArticle) =>
        Calendar.Decade(Word(at)) is >= FirstYear - 6 and var year && year <= today.Year && (hasArticle || char.IsAsciiDigit(Word(at)[0]) && Word(at).Length == 5)
            ? new FoundPeriod(DaySpan.Years(year, 10), at + 1)
            : null;

    private FoundPeriod? Season(int at)
    {
        var yearAt = Word(at + 1) == "of" ? at + 2 : at + 1;
        return YearAt(yearAt) is { } year && Calendar.Season(Word(at), year) is { } days ? new FoundPeriod(days, yearAt + 1) : null;
    }

    private FoundPeriod? Holiday(int at)
    {
        var isLast = Word(at) == "last";
        var start = isLast ? at + 1 : at;
        for (var length = LongestHoliday; length > 0; length--)
        {
            var name = string.Join(' ', Enumerable.Range(start, length).Select(Word));
            if (isLast && LastOf(year => Calendar.Holiday(name, year)) is { } last)
            {
                return new FoundPeriod(last, start + length);
            }

            if (!isLast && YearAt(start + length) is { } year && Calendar.Holiday(name, year) is { } days)
            {
                return new FoundPeriod(days, start + length + 1);
            }
        }

        return null;
    }

    private FoundPeriod? Relative(int at, bool hasArticle)
    {
        FoundPeriod? Of(DaySpan? days, int length) => days is { } span ? new FoundPeriod(span, at + length) { IsRelative = true } : null;
        var (word, next) = (Word(at), Word(at + 1));
        return word switch
        {
            "today" => Of(DaySpan.Day(today), 1),
            "yesterday" => Of(DaySpan.Day(today.AddDays(-1)), 1),
            "day" when hasArticle && next == "before" && Word(at + 2) == "yesterday" => Of(DaySpan.Day(today.AddDays(-2)), 3),
            "last" or "past" when hasArticle && LastUnits(1, next) is { } days => Of(days, 2),
            "last" or "past" when Calendar.Number(next) is { } count => Of(LastUnits(count, Word(at + 2)), 3),
            "last" when !hasArticle => Of(Last(next), 2),
            "this" => Of(This(next), 2),
            "a" or "an" when Word(at + 2) == "ago" => Of(Ago(1, next), 3),
            _ when Word(at + 2) == "ago" && Calendar.Number(word) is { } count => Of(Ago(count, next), 3),
            _ => null,
        };
    }

    private DaySpan? This(string unit) => unit switch
    {
        "week" => DaySpan.Week(today),
        "month" => DaySpan.Month(today.Year, today.Month),
        "year" => DaySpan.Years(today.Year),
        _ => Calendar.Season(unit, today.Year),
    };

    private DaySpan? Last(string unit) => unit switch
    {
        "week" => DaySpan.Week(today.AddDays(-7)),
        "weekend" => LastWeekend(),
        "month" => MonthBefore(1),
        "year" => DaySpan.Years(today.Year - 1),
        _ => LastOf(year => Calendar.Season(unit, year)),
    };

    /// <summary>The latest that is over.</summary>
    private DaySpan? LastOf(Func<int, DaySpan?> ofYear) =>
        Enumerable.Range(0, 3).Select(back => ofYear(today.Year - back)).FirstOrDefault(days => days is { } span && span.Until <= today);

    private DaySpan LastWeekend()
    {
        var monday = DaySpan.Week(today).From;
        return new DaySpan(monday.AddDays(-2), monday);
    }

    private DaySpan MonthBefore(int count) => today.AddMonths(-count) is var day ? DaySpan.Month(day.Year, day.Month) : default;

    private DaySpan? LastUnits(int count, string unit) => Back(count, unit) is { } first ? new DaySpan(first, today.AddDays(1)) : null;

    private DaySpan? Ago(int count, string unit) => Back(count, unit) is not { } day ? null : unit.TrimEnd('s') switch
    {
        "day" => DaySpan.Day(day),
        "week" => DaySpan.Week(day),
        "month" => MonthBefore(count),
        _ => DaySpan.Years(day.Year),
    };

    private DateOnly? Back(int count, string unit) => count > MostUnits ? null : unit.TrimEnd('s') switch
    {
        "day" => today.AddDays(-count),
        "week" => today.AddDays(-7 * count),
        "month" => today.AddMonths(-count),
        "year" => today.AddYears(-count),
        _ => null,
    };
}
