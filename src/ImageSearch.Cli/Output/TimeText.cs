using System.Globalization;

namespace ImageSearch.Cli.Output;

/// <summary>Lengths of time as people read them.</summary>
internal static class TimeText
{
    /// <summary>For example <c>0.8 s</c>, <c>42 s</c>, <c>3:05</c>, <c>2:10:00</c>.</summary>
    public static string Short(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s",
        { TotalSeconds: < 59.5 } => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => time.ToString(@"m\:ss", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"),
    };
}
