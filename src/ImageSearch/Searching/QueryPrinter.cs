using System.Globalization;
using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>Writes a query as the text that parses to it.</summary>
internal static class QueryPrinter
{
    public static string Print(SearchQuery query) => string.Join(' ', Items(query).Select(item => item.Text));

    public static IEnumerable<PrintedItem> Items(SearchQuery query) => query.Parts
        .Select((part, index) => new PrintedItem(Part(part, index), part is QueryPart.Picture ? QueryItemKind.Picture : QueryItemKind.Words))
        .Concat(query.Filter.Conditions.Select(condition => new PrintedItem(Condition(condition), KindOf(condition))))
        .Append(new PrintedItem(Sort(query.Sort), QueryItemKind.Sort))
        .Append(new PrintedItem(Group(query.Grouping), QueryItemKind.Group))
        .Where(item => item.Text.Length > 0);

    /// <summary>A condition as an item of a query; empty where the language has no words for it.</summary>
    public static string Condition(ImageCondition condition) => condition switch
    {
        ImageCondition.HasPhrase phrase => Quote(phrase.Phrase),
        ImageCondition.Not { Inner: ImageCondition.HasPhrase phrase } => "-" + Quote(phrase.Phrase),
        ImageCondition.Not { Inner: ImageCondition.HasWord word } => IsPlain(word.Word) && !word.Word.Contains(' ') ? "-" + word.Word : "",
        ImageCondition.Not { Inner: ImageCondition.Not } => "",
        ImageCondition.Not not when Condition(not.Inner) is { Length: > 0 } inner => "-" + inner,
        ImageCondition.Any any => AnyOf([.. any.Inner.Select(KeyAndValue)]),
        _ => KeyAndValue(condition) is ({ Length: > 0 } key, var value) ? $"{key}:{value}" : "",
    };

    /// <summary>A text in quotes, its own quotes doubled.</summary>
    public static string Quote(string text) =>
        $"\"{string.Concat(text.Select(c => QueryScanner.IsQuote(c) ? $"{c}{c}" : c.ToString()))}\"";

    /// <summary>Whether the words mean themselves when they stand bare.</summary>
    public static bool IsPlain(string words)
    {
        try
        {
            var parsed = QueryParser.Parse(words);
            return parsed is { Parts: [QueryPart.Text text], Filter.Conditions: [], Sort: SearchSort.Relevance } && text.Words == words;
        }
        catch (QueryException)
        {
            return false;
        }
    }

    private static QueryItemKind KindOf(ImageCondition condition) => condition switch
    {
        ImageCondition.HasPhrase => QueryItemKind.Exact,
        ImageCondition.Not { Inner: ImageCondition.HasPhrase or ImageCondition.HasWord } => QueryItemKind.Exclude,
        _ => QueryItemKind.Filter,
    };

    /// <summary>Plain words are always the first part; any other text of weight 1 keeps its weight written out, so that the two stay apart.</summary>
    private static string Part(QueryPart part, int index) => part switch
    {
        QueryPart.Text { Weight: 1, IsLiteral: false } text when index == 0 && IsPlain(text.Words) => text.Words,
        QueryPart.Text text => $"{Weight(text.Weight)}:{Quote(text.Words)}",
        QueryPart.Picture { Weight: 1 } picture => $"like:{Value(picture.Path)}",
        QueryPart.Picture { Weight: -1 } picture => $"-like:{Value(picture.Path)}",
        QueryPart.Picture picture => $"{Weight(picture.Weight)}:like:{Value(picture.Path)}",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string Weight(double weight) => weight.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Sort(SearchSort sort) => sort switch
    {
        SearchSort.Newest => "sort:date",
        SearchSort.Oldest => "sort:date-asc",
        SearchSort.Diverse => "sort:diverse",
        _ => "",
    };

    private static string Group(HitGrouping? grouping) => grouping switch
    {
        null => "",
        { Most: 1 } => $"group:{grouping.Key}",
        _ => string.Create(CultureInfo.InvariantCulture, $"group:{grouping.Key},{grouping.Most}"),
    };

    private static string AnyOf(List<(string Key, string Value)> alternatives) =>
        alternatives.Select(alternative => alternative.Key).Distinct().ToList() is [{ Length: > 0 } key]
            ? $"{key}:{string.Join(',', alternatives.Select(alternative => alternative.Value))}"
            : "";

    private static (string Key, string Value) KeyAndValue(ImageCondition condition) => condition switch
    {
        ImageCondition.PathMatches path => ("path", Value(path.Pattern)),
        ImageCondition.InFolder folder => ("folder", Value(folder.Folder)),
        ImageCondition.InLibrary library => ("library", Value(library.Library)),
        ImageCondition.HasFormat format => ("type", format.Format),
        ImageCondition.TakenWithin { From: { } from, Until: null } => ("after", Time(from)),
        ImageCondition.TakenWithin { From: null, Until: { } until } => ("before", Time(until)),
        ImageCondition.TakenWithin { From: { } from, Until: { } until } => ("taken", Period(from, until)),
        ImageCondition.CameraContains camera => ("camera", Value(camera.Text)),
        ImageCondition.Near near => ("near", string.Create(CultureInfo.InvariantCulture, $"{near.Latitude:R},{near.Longitude:R},{near.Kilometres:R}")),
        ImageCondition.WidthWithin width => ("width", Range(width.Min, width.Max)),
        ImageCondition.HeightWithin height => ("height", Range(height.Min, height.Max)),
        ImageCondition.RatingWithin rating => ("rating", Range(rating.Min, rating.Max)),
        ImageCondition.HasColour { MinShare: FilterValues.LeastColourShare } colour => ("colour", colour.Name),
        ImageCondition.HasTag tag => ("tag", Value(tag.Tag)),
        _ => ("", ""),
    };

    private static string Period(DateTime from, DateTime until) => (from, until) switch
    {
        _ when from.TimeOfDay != until.TimeOfDay || from.TimeOfDay != TimeSpan.Zero => $"{Time(from)}..{Last(until)}",
        ({ DayOfYear: 1 }, { DayOfYear: 1 }) when until.Year - from.Year == 1 => from.ToString("yyyy", CultureInfo.InvariantCulture),
        ({ Day: 1 }, { Day: 1 }) when MonthOf(until) - MonthOf(from) == 1 => from.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ when until - from == TimeSpan.FromDays(1) => Time(from),
        _ => $"{Time(from)}..{Last(until)}",
    };

    private static int MonthOf(DateTime time) => (time.Year * 12) + time.Month;

    private static string Time(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The last day or second before an end that is not included, as ranges are written with both ends included.</summary>
    private static string Last(DateTime until) =>
        until.TimeOfDay == TimeSpan.Zero ? Time(until.AddDays(-1)) : Time(until.AddSeconds(-1));

    private static string Range(int? min, int? max) => (min, max) switch
    {
        (null, _) => $"<={max}",
        (_, null) => $">={min}",
        _ when min == max => $"{min}",
        _ => $"{min}..{max}",
    };

    private static string Value(string text) =>
        text.Length > 0 && !text.Any(c => QueryScanner.IsBlank(c) || QueryScanner.IsQuote(c) || c == ',') ? text : Quote(text);
}
