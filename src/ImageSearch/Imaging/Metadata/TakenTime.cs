using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageSearch.Imaging.Metadata;

/// <summary>A time as metadata write it: the clock of the camera, and its offset from UTC where that is said.</summary>
/// <param name="Clock">Kind unspecified.</param>
/// <param name="Offset">Offset from UTC, or null.</param>
internal readonly partial record struct TakenTime(DateTime Clock, TimeSpan? Offset)
{
    private const int EarliestYear = 1800;

    /// <summary>Reads <c>2024:05:06 07:08:09</c> and the ISO forms, with fractions and an offset or without; null for anything else, also for zeros.</summary>
    internal static TakenTime? Parse(string? text, string? subseconds = null, string? offset = null)
    {
        var match = Pattern().Match(text ?? "");
        if (!match.Success)
        {
            return null;
        }

        var fraction = match.Groups["fraction"].Success ? match.Groups["fraction"].Value : (subseconds ?? "").Trim();
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Math.Min(59, Number(match, "second")));
        if (year < EarliestYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return null;
        }

        var clock = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified) + Fraction(fraction);
        return new TakenTime(clock, OffsetOf(match.Groups["offset"].Success ? match.Groups["offset"].Value : offset));
    }

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static TimeSpan Fraction(string digits) =>
        digits.Length is > 0 and <= 9 && digits.All(char.IsAsciiDigit)
            ? TimeSpan.FromTicks((long)(double.Parse("0." + digits, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond))
            : TimeSpan.Zero;

    private static TimeSpan? OffsetOf(string? text)
    {
        var match = OffsetPattern().Match(text?.Trim() ?? "");
        if (!match.Success)
        {
            return null;
        }

        if (match.Value is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        var offset = new TimeSpan(Number(match, "hours"), Number(match, "minutes"), 0);
        return offset > TimeSpan.FromHours(14) ? null : match.Value[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(
        @"^\s*(?<year>\d{4})[:\-/.](?<month>\d{1,2})[:\-/.](?<day>\d{1,2})(?:[ T]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?\d*)?\s*(?<offset>Z|[+\-]\d{2}:?\d{2})?)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(?:Z|z|[+\-](?<hours>\d{2}):?(?<minutes>\d{2}))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex OffsetPattern();
}
