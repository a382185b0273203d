using ImageSearch.Collections;

namespace ImageSearch.Searching.Planning;

/// <summary>Days on end.</summary>
/// <param name="From">The first.</param>
/// <param name="Until">The one after the last.</param>
internal readonly record struct DaySpan(DateOnly From, DateOnly Until)
{
    /// <summary>One day.</summary>
    public static DaySpan Day(DateOnly day) => new(day, day.AddDays(1));

    /// <summary>The week, from Monday, that a day is in.</summary>
    public static DaySpan Week(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return new DaySpan(monday, monday.AddDays(7));
    }

    /// <summary>A month.</summary>
    public static DaySpan Month(int year, int month) => new(new DateOnly(year, month, 1), new DateOnly(year, month, 1).AddMonths(1));

    /// <summary>So many years, from the first of January of the first one.</summary>
    public static DaySpan Years(int year, int count = 1) => new(new DateOnly(year, 1, 1), new DateOnly(year + count, 1, 1));

    /// <summary>Pictures of these days.</summary>
    public ImageCondition.TakenWithin Within => new(Start(From), Start(Until));

    /// <summary>Pictures of these days and later ones.</summary>
    public ImageCondition.TakenWithin Since => new(Start(From), null);

    /// <summary>Pictures of later days.</summary>
    public ImageCondition.TakenWithin After => new(Start(Until), null);

    /// <summary>Pictures of earlier days.</summary>
    public ImageCondition.TakenWithin Before => new(null, Start(From));

    /// <summary>Pictures of these days and earlier ones.</summary>
    public ImageCondition.TakenWithin Through => new(null, Start(Until));

    private static DateTime Start(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);
}
