using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>Ranges as people write them: <c>a</c>, <c>a..b</c> with both ends included, <c>a..</c>, <c>..b</c>, <c>&gt;a</c>, <c>&gt;=a</c>, <c>&lt;a</c>, <c>&lt;=a</c>.</summary>
internal static class QueryRange
{
    public static (int? Min, int? Max) Numbers(QueryItem.Filter item, string value, int most)
    {
        var ends = Split(value);
        var min = Number(item, ends.Low, most) + (ends.IsLowIncluded ? 0 : 1);
        var max = Number(item, ends.High, most) - (ends.IsHighIncluded ? 0 : 1);
        return (min is null && max is null) || min > max || min > most || max < 0 ? throw Empty(item, value) : ((int?)min, (int?)max);
    }

    public static ImageCondition.TakenWithin Periods(QueryItem.Filter item, string value)
    {
        var ends = Split(value);
        QueryPeriod? low = ends.Low is null ? null : QueryPeriod.Parse(item, ends.Low);
        QueryPeriod? high = ends.High is null ? null : QueryPeriod.Parse(item, ends.High);
        var from = ends.IsLowIncluded ? low?.From : low?.Until;
        var until = ends.IsHighIncluded ? high?.Until : high?.From;
        return (low is null && high is null) || from >= until || (low is not null && from is null)
            ? throw Empty(item, value)
            : new ImageCondition.TakenWithin(from, until);
    }

    private static Ends Split(string value)
    {
        var dots = value.IndexOf("..", StringComparison.Ordinal);
        return value switch
        {
            ['>', '=', ..] => new Ends(value[2..], null),
            ['<', '=', ..] => new Ends(null, value[2..]),
            ['>', ..] => new Ends(value[1..], null, IsLowIncluded: false),
            ['<', ..] => new Ends(null, value[1..], IsHighIncluded: false),
            _ when dots >= 0 => new Ends(NullIfEmpty(value[..dots]), NullIfEmpty(value[(dots + 2)..])),
            _ => new Ends(value, value),
        };
    }

    private static long? Number(QueryItem.Filter item, string? text, int most) => text is null
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw item.Error($"'{QueryException.Shorten(text)}' is no number from 0 to {most}.", $"Write for example {item.Key}:4, {item.Key}:>=4 or {item.Key}:3..5.");

    private static QueryException Empty(QueryItem.Filter item, string value) =>
        item.Error($"'{QueryException.Shorten(value)}' leaves nothing over.", "Write the smaller end first, for example 3..5, or one end as in >=3.");

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private readonly record struct Ends(string? Low, string? High, bool IsLowIncluded = true, bool IsHighIncluded = true);
}
