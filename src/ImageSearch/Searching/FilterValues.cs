using System.Globalization;
using ImageSearch.Collections;
using ImageSearch.Imaging;

namespace ImageSearch.Searching;

/// <summary>Makes a condition of a filter's text.</summary>
internal static class FilterValues
{
    /// <summary>The share of a picture that a colour must cover to count; the same as in <see cref="ImageFacet.Colour"/>.</summary>
    public const float LeastColourShare = 0.1f;

    private const double DefaultKilometres = 10;
    private const double HalfTheEquator = 20_038;
    private const int MostStars = 5;

    public static IReadOnlyList<string> Formats { get; } = [.. Enum.GetNames<ImageFormat>().Select(name => name.ToLowerInvariant())];

    public static ImageCondition Condition(QueryItem.Filter item)
    {
        if (item.Weight is not null)
        {
            throw item.Error($"'{item.Key}:' is a filter and has no weight.", "Weights stand before words, quoted text and like:.");
        }

        List<ImageCondition> conditions = item.Key == "near"
            ? [Near(item)]
            : [.. item.Values.Select(value => Condition(item, value.Length > 0 ? value : throw Missing(item)))];
        var condition = conditions is [var single] ? single : new ImageCondition.Any(conditions);
        return item.Negated ? new ImageCondition.Not(condition) : condition;
    }

    public static QueryException Missing(QueryItem.Filter item) =>
        item.Error($"'{item.Key}:' lacks a value.", $"Write for example {Example(item)}, without spaces around colons and commas.");

    private static ImageCondition Condition(QueryItem.Filter item, string value) => item.Key switch
    {
        "path" => new ImageCondition.PathMatches(value),
        "folder" => new ImageCondition.InFolder(value),
        "library" => new ImageCondition.InLibrary(value),
        "type" => new ImageCondition.HasFormat(OneOf(item, Formats, Format(value.ToLowerInvariant()))),
        "after" => new ImageCondition.TakenWithin(QueryPeriod.Parse(item, value).From, null),
        "before" => new ImageCondition.TakenWithin(null, QueryPeriod.Parse(item, value).From),
        "taken" => QueryRange.Periods(item, value),
        "camera" => new ImageCondition.CameraContains(value),
        "width" => Range(item, value, int.MaxValue, (min, max) => new ImageCondition.WidthWithin(min, max)),
        "height" => Range(item, value, int.MaxValue, (min, max) => new ImageCondition.HeightWithin(min, max)),
        "rating" => Range(item, value, MostStars, (min, max) => new ImageCondition.RatingWithin(min, max)),
        "colour" or "color" => new ImageCondition.HasColour(OneOf(item, DominantColours.Names, Colour(value.ToLowerInvariant())), LeastColourShare),
        "tag" => new ImageCondition.HasTag(value),
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Key, "Not a filter."),
    };

    private static ImageCondition Range(QueryItem.Filter item, string value, int most, Func<int?, int?, ImageCondition> condition)
    {
        var (min, max) = QueryRange.Numbers(item, value, most);
        return condition(min, max);
    }

    private static ImageCondition.Near Near(QueryItem.Filter item)
    {
        var numbers = item.Values.Select(value => value.EndsWith("km", StringComparison.OrdinalIgnoreCase) ? value[..^2] : value)
            .Select(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .ToList();
        if (numbers.Count == 2)
        {
            numbers.Add(DefaultKilometres);
        }

        return numbers is [>= -90 and <= 90, >= -180 and <= 180, > 0 and <= HalfTheEquator]
            ? new ImageCondition.Near(numbers[0], numbers[1], numbers[2])
            : throw item.Error(
                "'near:' needs a latitude (−90 to 90), a longitude (−180 to 180) and kilometres.", $"Write for example {Example(item)}.");
    }

    private static string Format(string name) => name switch
    {
        "jpg" => "jpeg",
        "tif" => "tiff",
        "heif" => "heic",
        _ => name,
    };

    private static string Colour(string name) => name == "gray" ? "grey" : name;

    private static string OneOf(QueryItem.Filter item, IReadOnlyList<string> allowed, string value) =>
        allowed.Contains(value)
            ? value
            : throw item.Error($"'{QueryException.Shorten(value)}' is no value of '{item.Key}:'.", $"Known are {string.Join(", ", allowed)}.");

    private static string Example(QueryItem.Filter item) =>
        QueryFilters.All.First(filter => filter.Key == item.Key || item.Key == "color").Examples[0];
}
