using System.Globalization;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>Turns an <see cref="ImageFilter"/> into what Qdrant can be asked.</summary>
/// <param name="tokenizer">Splits words as they were split when they were written.</param>
/// <param name="cameras">The collection's cameras and lenses, folded; asked for only where a condition names one.</param>
internal sealed class FilterTranslation(WordTokenizer tokenizer, CameraNames cameras)
{
    private const double KilometresOfDegree = 111.0;

    /// <summary>Circles that are larger, or nearer to a pole, do not fit into the cells of the server's index.</summary>
    private const double LargestCircle = 2_000;
    private const double NearestToPole = 80;

    /// <exception cref="ArgumentException">The filter has too many conditions.</exception>
    public PossibleFilter Translate(ImageFilter filter) => PossibleFilter.AllOf([.. filter.Conditions.Select(Translate)]);

    /// <summary>A word, or several that follow one another.</summary>
    public static PossibleFilter Word(IReadOnlyList<string> tokens) => tokens.Count switch
    {
        0 => PossibleFilter.None,
        1 => PossibleFilter.Exactly(new Condition.MatchText(PointFields.Terms, tokens[0])),
        _ => PossibleFilter.Exactly(new Condition.MatchPhrase(PointFields.Terms, string.Join(' ', tokens))),
    };

    private PossibleFilter Translate(ImageCondition condition) => condition switch
    {
        ImageCondition.Not not => Translate(not.Inner).Not(),
        ImageCondition.Any any => PossibleFilter.AnyOf([.. any.Inner.Select(Translate)]),
        ImageCondition.InLibrary library => Equal(PointFields.FoldedLibrary, library.Library),
        ImageCondition.PathMatches path => PathMatches(FoldedText.Of(path.Pattern)),
        ImageCondition.InFolder folder => InFolder(FoldedText.Of(folder.Folder).Trim('/')),
        ImageCondition.HasFormat format => Equal(PointFields.Format, format.Format),
        ImageCondition.HasContent content => Equal(PointFields.Content, content.Sha256),
        ImageCondition.TakenWithin taken => TakenWithin(taken),
        ImageCondition.CameraContains camera => CameraContains(FoldedText.Of(camera.Text)),
        ImageCondition.Near near => Near(near),
        ImageCondition.WidthWithin width => Within(PointFields.Width, width.Min, width.Max),
        ImageCondition.HeightWithin height => Within(PointFields.Height, height.Min, height.Max),
        ImageCondition.RatingWithin rating => Within(PointFields.Rating, rating.Min, rating.Max),
        ImageCondition.HasColour colour => HasColour(colour),
        ImageCondition.HasTag tag => Equal(PointFields.FoldedTags, tag.Tag),
        ImageCondition.HasPhrase phrase => HasPhrase(FoldedText.Of(phrase.Phrase)),
        ImageCondition.HasWord word => Word(Tokens(word.Word)),
        _ => throw new ArgumentException($"The condition {condition.GetType().Name} is not known here."),
    };

    private static PossibleFilter Equal(string field, string text) => PossibleFilter.Exactly(new Condition.MatchKeyword(field, Keyword.Of(text)));

    private static PossibleFilter PathMatches(string pattern) => PathPieces.OfPattern(pattern) is { Count: > 0 } pieces
        ? PossibleFilter.AtMost(new Condition.MatchText(PointFields.Path, string.Join(' ', pieces)))
        : pattern.Length == 0 ? PossibleFilter.All : PossibleFilter.Unknown;

    private static PossibleFilter InFolder(string folder) => folder.Length == 0
        ? PossibleFilter.All
        : Equal(folder.Contains('/') ? PointFields.FoldedFolders : PointFields.FolderNames, folder);

    // Times are kept to the microsecond, so an end between two counts as the later one.
    private static PossibleFilter TakenWithin(ImageCondition.TakenWithin taken) =>
        PossibleFilter.Exactly(new Condition.DatetimeRange(PointFields.TakenAt, Ceiling(taken.From) ?? DateTime.MinValue, Ceiling(taken.Until)));

    private static DateTime? Ceiling(DateTime? time) => time is { } at && at.Ticks % TimeSpan.TicksPerMicrosecond is > 0 and var beyond && at < DateTime.MaxValue.AddTicks(-10)
        ? at.AddTicks(TimeSpan.TicksPerMicrosecond - beyond)
        : time;

    private PossibleFilter CameraContains(string text) => PossibleFilter.AnyOf(
    [
        AnyContaining(PointFields.FoldedCamera, cameras.Cameras, text),
        AnyContaining(PointFields.FoldedLens, cameras.Lenses, text),
    ]);

    private static PossibleFilter AnyContaining(string field, IReadOnlyList<string> values, string text) =>
        values.Where(value => value.Contains(text, StringComparison.Ordinal)).ToArray() is { Length: > 0 } containing
            ? PossibleFilter.Exactly(new Condition.MatchAny(field, containing))
            : PossibleFilter.None;

    private static PossibleFilter Near(ImageCondition.Near near)
    {
        var band = near.Kilometres / KilometresOfDegree;
        if (near.Kilometres <= LargestCircle && Math.Abs(near.Latitude) + band <= NearestToPole && Math.Abs(near.Longitude) <= 180)
        {
            return PossibleFilter.Exactly(new Condition.GeoRadius(PointFields.Place, near.Latitude, near.Longitude, near.Kilometres * 1000));
        }

        return double.IsFinite(near.Latitude) && double.IsFinite(band)
            ? PossibleFilter.AtMost(new Condition.Range(PointFields.Latitude, near.Latitude - band, near.Latitude + band))
            : PossibleFilter.Unknown;
    }

    private static PossibleFilter Within(string field, int? min, int? max) =>
        PossibleFilter.Exactly(new Condition.Range(field, min ?? int.MinValue, max ?? int.MaxValue));

    private static PossibleFilter HasColour(ImageCondition.HasColour colour) => PossibleFilter.Exactly(new Condition.Nested(
        PointFields.Colours,
        new Filter
        {
            // Written as the share is, so that the same float compares equal.
            Must = [new Condition.MatchKeyword("name", Keyword.Of(colour.Name)), new Condition.Range("share", Shortest(colour.MinShare), null)],
        }));

    private static double Shortest(float share) => double.Parse(share.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // The words one after the other, in any form, and the signs anywhere: too much, but never too little.
    private PossibleFilter HasPhrase(string phrase)
    {
        if (phrase.Length == 0)
        {
            return PossibleFilter.All;
        }

        var tokens = Tokens(phrase);
        PossibleFilter[] narrowing =
        [
            PossibleFilter.Unknown,
            tokens.Count > 0 ? Word(tokens) : PossibleFilter.Unknown,
            .. TextSigns.Of(phrase).Take(CollectionQuery.MaxPhrase).Select(sign => PossibleFilter.Exactly(new Condition.MatchText(PointFields.Signs, sign))),
        ];
        return PossibleFilter.AllOf(narrowing);
    }

    private List<string> Tokens(string text) => [.. tokenizer.Split(text).Take(CollectionQuery.MaxPhrase)];
}
