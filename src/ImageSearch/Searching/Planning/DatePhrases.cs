using System.Collections.Frozen;
using ImageSearch.Collections;

namespace ImageSearch.Searching.Planning;

/// <summary>
/// Reads when pictures were taken out of English words: "in 2019", "from last summer", "since March", "between 2018 and 2020". A period alone
/// is a word of a title as often as not, so there must be a word such as "in" before it, or it must count from today.
/// </summary>
/// <param name="words">The words.</param>
/// <param name="today">The day on which they are read.</param>
internal sealed class DatePhrases(IReadOnlyList<PlainWord> words, DateOnly today)
{
    // What is made in a year is not photographed in it.
    private static readonly FrozenSet<string> Makings = FrozenSet.ToFrozenSet(
    [
        "made", "built", "born", "founded", "released", "designed", "painted", "written", "published", "invented", "established", "manufactured",
        "produced", "drawn", "printed", "set", "created", "discovered", "dating", "dated", "died", "crashed", "opened",
    ]);

    private static readonly FrozenSet<string> Joints = FrozenSet.ToFrozenSet(["to", "until", "till", "through"]);

    private static readonly FrozenSet<string> Photographing = FrozenSet.ToFrozenSet(["taken", "shot", "photographed", "captured", "back", "sometime"]);

    private static readonly FrozenSet<string> Owners = FrozenSet.ToFrozenSet(["the", "a", "an", "my", "our", "his", "her", "your", "their", "of", "than", "as", "s"]);

    private const int LongestPeriod = 5;

    private readonly PeriodPhrases _periods = new(words, today);

    /// <summary>When pictures were taken, as the words from a place on say it; null where they say nothing of the kind.</summary>
    public PhraseReading? Read(int at)
    {
        var first = at;
        var isNegated = IsNegation(ref first);
        while (first < words.Count && Photographing.Contains(words[first].Text))
        {
            first++;
        }

        if (first >= words.Count || (at > 0 && words[at].IsCapital) || Makings.Contains(Word(at - 1)) || Word(at - 1) is "not" or "never")
        {
            return null;
        }

        var read = words[first].Text switch
        {
            "in" or "during" => Inside(first + 1),
            "within" or "at" or "over" when IsNoNumber(first + 1) => Inside(first + 1),
            "from" => Range(first + 1, Joints.Contains) ?? (Inside(first + 1) is { } found && !Joints.Contains(Word(found.End)) ? found : null),
            "on" => _periods.Read(first + 1) is { } day && day.Days == DaySpan.Day(day.Days.From) ? Inside(first + 1) : null,
            "between" => Range(first + 1, joint => joint == "and"),
            "since" => Bound(_periods.Read(first + 1) ?? _periods.MonthAlone(first + 1), days => days.Since),
            "after" => Bound(_periods.Read(first + 1), days => days.After),
            "before" => Bound(_periods.Read(first + 1), days => days.Before),
            "until" or "till" => Bound(_periods.Read(first + 1), days => days.Through),
            _ => Alone(at, first),
        };
        return read is { } dates ? new PhraseReading(at, dates.End) { Conditions = [isNegated ? new ImageCondition.Not(dates.Condition) : dates.Condition] } : null;
    }

    private string Word(int at) => at >= 0 && at < words.Count ? words[at].Text : "";

    /// <summary>After some words a number is an hour or a quantity as soon as a year.</summary>
    private bool IsNoNumber(int at) => !Word(at).All(char.IsAsciiDigit);

    private bool IsNegation(ref int at)
    {
        var start = at;
        at += words[at].Text == "but" && at + 1 < words.Count && words[at + 1].Text == "not" ? 1 : 0;
        at += words[at].Text is "not" or "except" ? 1 : 0;
        return at > start;
    }

    /// <summary>Within a period, or one of several: "in 2019 and 2021".</summary>
    private Dates? Inside(int at)
    {
        var days = new List<ImageCondition>();
        var end = at;
        while (_periods.Read(end) is { } found && (found.IsExact || Ends(found) || Word(found.End) is "and" or "or"))
        {
            days.Add(found.Days.Within);
            var next = Word(found.End) is "and" or "or" ? found.End + 1 : found.End;
            if (_periods.Read(next) is not { IsRelative: false } || (next == found.End && !words[next - 1].EndsClause))
            {
                return found.IsExact || Ends(found) ? new Dates(days is [var only] ? only : new ImageCondition.Any(days), found.End) : null;
            }

            end = next;
        }

        return null;
    }

    private Dates? Bound(FoundPeriod? found, Func<DaySpan, ImageCondition> condition) =>
        found is { } period && Ends(period) ? new Dates(condition(period.Days), period.End) : null;

    /// <summary>A period that counts from today, at the end of what it belongs to or before all else.</summary>
    private Dates? Alone(int at, int first)
    {
        var found = _periods.ReadRelative(first);
        var isToday = words[first].Text == "today" && first == at && at > 0;
        return found is { } period && Ends(period) && !isToday && !Owners.Contains(Word(at - 1))
            ? new Dates(period.Days.Within, period.End)
            : null;
    }

    /// <summary>From the beginning of one period to the end of another; the year of the second may be that of both.</summary>
    private Dates? Range(int at, Func<string, bool> isJoint)
    {
        for (var joint = at + 1; joint < words.Count - 1 && joint <= at + LongestPeriod; joint++)
        {
            if (!isJoint(words[joint].Text) || _periods.Read(joint + 1) is not { } last || !Ends(last))
            {
                continue;
            }

            var first = _periods.Read(at) is { } whole && whole.End == joint ? whole : _periods.MonthIn(at, last.Days.From.Year);
            if (first is { } start && start.End == joint && start.Days.From < last.Days.Until)
            {
                return new Dates((start.Days with { Until = last.Days.Until }).Within, last.End);
            }
        }

        return null;
    }

    private bool Ends(FoundPeriod found) => found.IsExact || Connectors.At(words, found.End);

    private readonly record struct Dates(ImageCondition Condition, int End);
}
