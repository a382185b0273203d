using System.Globalization;

namespace ImageSearch.Searching;

/// <summary>A year, month, day, minute or second as people write it.</summary>
/// <param name="From">Where it starts.</param>
/// <param name="Until">Where the next one starts; null after the last that a calendar holds.</param>
internal readonly record struct QueryPeriod(DateTime From, DateTime? Until)
{
    public static QueryPeriod Parse(QueryItem.Filter item, string text) =>
        Read(text, "yyyy", start => start.AddYears(1))
        ?? Read(text, "yyyy-MM", start => start.AddMonths(1))
        ?? Read(text, "yyyy-MM-dd", start => start.AddDays(1))
        ?? Read(text, "yyyy-MM-dd'T'HH:mm", start => start.AddMinutes(1))
        ?? Read(text, "yyyy-MM-dd'T'HH:mm:ss", start => start.AddSeconds(1))
        ?? throw item.Error($"'{QueryException.Shorten(text)}' is no date.", "Write 2024, 2024-05, 2024-05-31 or 2024-05-31T14:30.");

    private static QueryPeriod? Read(string text, string format, Func<DateTime, DateTime> next)
    {
        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start))
        {
            return null;
        }

        var lastDay = DateTime.MaxValue.Date;
        return new QueryPeriod(start, start >= lastDay || (start.Year == lastDay.Year && format.Length <= "yyyy-MM".Length) ? null : next(start));
    }
}
