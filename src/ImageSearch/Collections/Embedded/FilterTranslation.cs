using System.Globalization;
using System.Text;

namespace ImageSearch.Collections.Embedded;

/// <summary>Turns an <see cref="ImageFilter"/> into SQL.</summary>
internal sealed class FilterTranslation
{
    private const string True = "1";
    private const string False = "0";

    /// <summary>Kilometres of a degree of latitude, a little short, so that the band of latitudes never cuts the circle.</summary>
    private const double KilometresOfDegree = 111.0;

    /// <summary>SQLite's own limit on the pattern of LIKE, in bytes.</summary>
    private const int LongestPattern = 50_000;

    private readonly List<object> _parameters = [];

    private FilterTranslation()
    {
    }

    /// <summary>Translates a filter.</summary>
    /// <exception cref="ArgumentException">It has too many conditions.</exception>
    public static FilterSql Of(ImageFilter filter)
    {
        filter.Check();
        var translation = new FilterTranslation();
        return new FilterSql(translation.Join(filter.Conditions, " AND ", True), translation._parameters);
    }

    // IS TRUE makes the NULL of an absent fact false, so that Not turns it into true. The content is never absent, and IS TRUE
    // would keep SQLite from its index.
    private string Translate(ImageCondition condition) => condition switch
    {
        ImageCondition.Not not => $"NOT {Translate(not.Inner)}",
        ImageCondition.Any any when any.Inner.Count > 1 && any.Inner.All(inner => inner is ImageCondition.HasContent) => HasOneOf(any),
        ImageCondition.Any any => Join(any.Inner, " OR ", False),
        ImageCondition.HasContent content => HasContent(content.Sha256),
        _ => $"(({Leaf(condition)}) IS TRUE)",
    };

    private string Leaf(ImageCondition condition) => condition switch
    {
        ImageCondition.InLibrary library => $"f.library = {TermNumber(TermKind.Library, library.Library)}",
        ImageCondition.PathMatches path => PathMatches(path.Pattern),
        ImageCondition.InFolder folder => InFolder(folder.Folder),
        ImageCondition.HasFormat format => $"f.format = {TermNumber(TermKind.Format, format.Format)}",
        ImageCondition.TakenWithin taken => Within("f.taken", taken.From?.Ticks, taken.Until?.Ticks - 1),
        ImageCondition.CameraContains camera => CameraContains(camera.Text),
        ImageCondition.Near near => Near(near),
        ImageCondition.WidthWithin width => Within("f.width", width.Min, width.Max),
        ImageCondition.HeightWithin height => Within("f.height", height.Min, height.Max),
        ImageCondition.RatingWithin rating => Within("f.rating", rating.Min, rating.Max),
        ImageCondition.HasColour colour => HasColour(colour),
        ImageCondition.HasTag tag => $"instr(f.tags, ',' || {TermNumber(TermKind.Tag, tag.Tag)} || ',') > 0",
        ImageCondition.HasPhrase phrase => HasPhrase(phrase.Phrase),
        ImageCondition.HasWord word => MatchesWords(WordsIndex.Phrase(word.Word)),
        _ => throw new ArgumentException($"The condition {condition.GetType().Name} is not known here."),
    };

    // A balanced tree, because SQLite limits the depth of an expression and not its size.
    private string Join(IReadOnlyList<ImageCondition> conditions, string between, string none)
    {
        return conditions.Count == 0 ? none : Half(0, conditions.Count);

        string Half(int start, int count) => count == 1
            ? Translate(conditions[start])
            : $"({Half(start, count / 2)}{between}{Half(start + (count / 2), count - (count / 2))})";
    }

    private string Parameter(object value)
    {
        _parameters.Add(value);
        return $"?{FilterSql.FirstParameter + _parameters.Count - 1}";
    }

    private string TermNumber(TermKind kind, string text) =>
        $"(SELECT number FROM terms WHERE kind = {(int)kind} AND folded = {Parameter(FoldedText.Of(text))})";

    private static string TermContaining(TermKind kind, string parameter) =>
        $"(SELECT number FROM terms WHERE kind = {(int)kind} AND instr(folded, {parameter}) > 0)";

    private string Within(string column, long? min, long? max)
    {
        var where = $"{column} IS NOT NULL";
        where += min is null ? "" : $" AND {column} >= {Parameter(min.Value)}";
        return where + (max is null ? "" : $" AND {column} <= {Parameter(max.Value)}");
    }

    private string PathMatches(string pattern)
    {
        var folded = FoldedText.Of(pattern);
        if (!folded.AsSpan().ContainsAny('*', '?'))
        {
            return $"instr(f.path, {Parameter(folded)}) > 0";
        }

        var like = LikePattern(folded);

        // No path is as long as a pattern that even without its stars is over the limit.
        return Encoding.UTF8.GetByteCount(like) > LongestPattern ? False : $"f.path LIKE {Parameter(like)} ESCAPE '\\'";
    }

    private static string LikePattern(string pattern)
    {
        var like = new StringBuilder(pattern.Length + 8);
        foreach (var character in pattern)
        {
            _ = character switch
            {
                '*' when like.Length > 0 && like[^1] == '%' && (like.Length == 1 || like[^2] != '\\') => like,
                '*' => like.Append('%'),
                '?' => like.Append('_'),
                '%' or '_' or '\\' => like.Append('\\').Append(character),
                _ => like.Append(character),
            };
        }

        return like.ToString();
    }

    private string InFolder(string folder)
    {
        var folded = FoldedText.Of(folder).Trim('/');
        if (folded.Length == 0)
        {
            return True;
        }

        // A path must begin at the root; one name may stand anywhere on the way.
        var where = folded.Contains('/') ? "= 1" : "> 0";
        return $"f.folder IN (SELECT number FROM terms WHERE kind = {(int)TermKind.Folder} AND instr('/' || folded || '/', {Parameter($"/{folded}/")}) {where})";
    }

    // One look into the index for all, and much less for SQLite to read than as many comparisons: every page of hits asks for its copies so.
    private string HasOneOf(ImageCondition.Any any)
    {
        var parameters = new List<string>();
        foreach (var content in any.Inner.Cast<ImageCondition.HasContent>())
        {
            if (ContentHash.TryParse(content.Sha256, out var hash))
            {
                parameters.Add(Parameter(hash));
            }
        }

        return parameters.Count == 0 ? False : $"(f.content IN ({string.Join(',', parameters)}))";
    }

    private string HasContent(string sha256) => ContentHash.TryParse(sha256, out var hash) ? $"(f.content = {Parameter(hash)})" : False;

    private string CameraContains(string text)
    {
        var parameter = Parameter(FoldedText.Of(text));
        return $"ifnull(f.camera IN {TermContaining(TermKind.Camera, parameter)}, 0) OR ifnull(f.lens IN {TermContaining(TermKind.Lens, parameter)}, 0)";
    }

    private string Near(ImageCondition.Near near)
    {
        var band = near.Kilometres / KilometresOfDegree;
        return $"f.latitude BETWEEN {Parameter(near.Latitude - band)} AND {Parameter(near.Latitude + band)}"
            + $" AND {SqlFunctions.GreatCircle}(f.latitude, f.longitude, {Parameter(near.Latitude)}, {Parameter(near.Longitude)}) <= {Parameter(near.Kilometres)}";
    }

    private string HasColour(ImageCondition.HasColour colour)
    {
        var key = $"(',' || {TermNumber(TermKind.Colour, colour.Name)} || ':')";

        // Through text, so that the same float compares equal on both sides; CAST reads the number up to the comma.
        var share = Parameter(colour.MinShare.ToString("R", CultureInfo.InvariantCulture));
        return $"instr(f.colours, {key}) > 0 AND CAST(substr(f.colours, instr(f.colours, {key}) + length({key})) AS REAL) >= CAST({share} AS REAL)";
    }

    private string HasPhrase(string phrase)
    {
        var check = $"{SqlFunctions.HasPhrase}((SELECT payload FROM points WHERE key = f.key), {Parameter(FoldedText.Of(phrase))})";

        // The index passes too much (other forms, other punctuation) but, where the phrase has letters it knows, never too little.
        return WordsIndex.HasKnownLetter(phrase)
            ? $"CASE WHEN {MatchesWords(WordsIndex.Phrase(phrase))} THEN {check} ELSE 0 END"
            : check;
    }

    private string MatchesWords(string expression) => $"f.key IN (SELECT rowid FROM words WHERE words MATCH {Parameter(expression)})";
}
