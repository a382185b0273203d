using System.Globalization;
using ImageSearch.Collections;
using ImageSearch.Vision;

namespace ImageSearch.Searching.Planning;

/// <summary>
/// Makes parts of a query of what a model read in its plain words. Each part is written in the query language, its values in quotes, and read back:
/// what does not read as the one part that it should be is left out and said, and so is a filter that no picture of the collection passes.
/// No part names a picture, a path, a folder or a library.
/// </summary>
/// <param name="answer">What the model says.</param>
/// <param name="today">The day on which the words are read.</param>
internal sealed class ModelReading(PlanAnswer answer, DateOnly today)
{
    private const int LongestValue = 60;
    private const int MostValues = 8;
    private const double UsualKilometres = 25;
    private const double LeastKilometres = 0.1;
    private const double MostKilometres = 5000;

    private readonly List<string> _notes = [];

    /// <summary>What was left out, in sentences for people.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The query with the model's reading in place of its plain words; null where the reading is of no use.</summary>
    public async Task<SearchQuery?> ApplyAsync(SearchQuery query, IImageCollection collection, CancellationToken cancellationToken)
    {
        var words = ModelText.OneLine(answer.Words, Interpreter.LongestText);
        if (words.Length > 0 && !QueryPrinter.IsPlain(words))
        {
            return null;
        }

        var planned = query.With(words, [], []);
        foreach (var item in Items().Concat(Exclusions()))
        {
            planned = Read(item) is { } part && await IsPossibleAsync(item, part, collection, cancellationToken) ? Joined(planned, part) : planned;
        }

        foreach (var asked in Values(answer.Unsupported))
        {
            _notes.Add($"A search cannot ask for this: {asked}.");
        }

        var isEmpty = planned.Parts.Count == 0 && planned.Filter.Conditions.Count == query.Filter.Conditions.Count && planned.Sort == query.Sort && planned.Grouping == query.Grouping;
        return isEmpty || (planned.Parts.Count == 0 ? QueryWords.Excluded(planned.Filter).Length > 0 : planned.Parts.All(part => part.Weight < 0)) ? null : planned;
    }

    private static SearchQuery Joined(SearchQuery query, SearchQuery part) =>
        query.With(query.PlainWords ?? "", part.Parts.Where(added => !query.Parts.Contains(added)), part.Filter.Conditions.Where(added => !query.Filter.Conditions.Contains(added))) with
        {
            Sort = query.Sort == SearchSort.Relevance ? part.Sort : query.Sort,
            Grouping = query.Grouping ?? part.Grouping,
        };

    private SearchQuery? Read(string item)
    {
        try
        {
            return QueryParser.Parse(item);
        }
        catch (QueryException failure)
        {
            _notes.Add($"Left out: {failure.Message}");
            return null;
        }
    }

    /// <summary>Dates are kept where they find nothing: that there is nothing of that time is the answer.</summary>
    private async Task<bool> IsPossibleAsync(string item, SearchQuery part, IImageCollection collection, CancellationToken cancellationToken)
    {
        var isPossible = part.Filter.Conditions is [] or [ImageCondition.TakenWithin or ImageCondition.Not]
            || await collection.CountAsync(part.Filter, cancellationToken) > 0;
        if (!isPossible)
        {
            _notes.Add($"Left out: no picture of the collection passes {item}.");
        }

        return isPossible;
    }

    private IEnumerable<string> Items()
    {
        string?[] items =
        [
            Taken(), Near(), AnyOf("camera", answer.Cameras), AnyOf("type", answer.Formats), .. Values(answer.Colours).Select(colour => AnyOf("colour", [colour])),
            AtLeast("rating", answer.LeastRating), AtLeast("width", answer.LeastWidth), AtLeast("height", answer.LeastHeight), Sort(), Group(),
        ];
        return items.OfType<string>();
    }

    private IEnumerable<string> Exclusions()
    {
        foreach (var excluded in Values(answer.Without))
        {
            var words = PlainWord.Split(excluded);
            if (words.Count > 0 && words.TrueForAll(word => word.IsName))
            {
                var text = string.Join(' ', words.Select(word => word.Text));
                yield return words.Count == 1
                    ? "-" + text
                    : string.Create(CultureInfo.InvariantCulture, $"{NegationPhrases.WeightAway}:{QueryPrinter.Quote(text)}");
            }
            else
            {
                _notes.Add($"Left out: '{excluded}' is nothing that can be excluded.");
            }
        }
    }

    private string? Taken()
    {
        var (from, to) = (Day(answer.TakenFrom), Day(answer.TakenTo));
        if (from > today)
        {
            _notes.Add($"Left out: {answer.TakenFrom} lies in the future.");
            return null;
        }

        return from is null && to is null ? null : $"taken:{from:yyyy-MM-dd}..{to:yyyy-MM-dd}";
    }

    private DateOnly? Day(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        _notes.Add($"Left out: '{ModelText.OneLine(text, LongestValue)}' is no day.");
        return null;
    }

    private string? Near() => answer is { Latitude: { } latitude, Longitude: { } longitude }
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"near:{latitude:0.####},{longitude:0.####},{Math.Clamp(answer.Kilometres is > 0 and var radius ? radius : UsualKilometres, LeastKilometres, MostKilometres):0.#}")
        : null;

    private string? Sort() => answer.Sort switch
    {
        "newest" => "sort:date",
        "oldest" => "sort:date-asc",
        "diverse" => "sort:diverse",
        _ => null,
    };

    private string? Group() => string.IsNullOrWhiteSpace(answer.GroupBy)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"group:{QueryPrinter.Quote(ModelText.OneLine(answer.GroupBy, LongestValue))},{answer.PerGroup ?? 1:0}");

    private static string? AnyOf(string key, IReadOnlyList<string?>? values) =>
        Values(values) is { Count: > 0 } texts ? $"{key}:{string.Join(',', texts.Select(QueryPrinter.Quote))}" : null;

    private static string? AtLeast(string key, double? value) =>
        value is > 0 ? string.Create(CultureInfo.InvariantCulture, $"{key}:>={value:0}") : null;

    private static List<string> Values(IReadOnlyList<string?>? texts) =>
        [.. (texts ?? []).Select(text => ModelText.OneLine(text, LongestValue)).Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostValues)];
}
