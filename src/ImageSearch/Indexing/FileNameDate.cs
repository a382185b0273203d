using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageSearch.Indexing;

/// <summary>The time that cameras, telephones and messengers write into file names: <c>IMG_20240131_235959</c>, <c>2024-01-31 23.59.59</c>, <c>IMG-20240131-WA0001</c>.</summary>
internal static partial class FileNameDate
{
    /// <summary>The time by the camera's clock, midnight where only the day is said; null where the name has no date.</summary>
    public static DateTime? Of(string name)
    {
        foreach (Match match in Pattern().Matches(name))
        {
            var groups = match.Groups;
            var time = groups["hour"].Success
                ? $"{groups["hour"].Value}{groups["minute"].Value}{(groups["second"].Success ? groups["second"].Value : "00")}"
                : "000000";
            var text = $"{groups["year"].Value}{groups["month"].Value}{groups["day"].Value}{time}";
            if (DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return date;
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"(?<!\d)(?<year>19[89]\d|20\d\d)(?<mark>[-_.]?)(?<month>0[1-9]|1[0-2])\k<mark>(?<day>0[1-9]|[12]\d|3[01])" +
        @"(?:(?:[-_.T ]| at )?(?<hour>[01]\d|2[0-3])[-_.:h]?(?<minute>[0-5]\d)(?:[-_.:m]?(?<second>[0-5]\d))?(?:\d{3})?)?(?!\d)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
