namespace ImageSearch.Collections;

/// <summary>Whether a payload passes a filter, decided here: for collections that can only narrow down what may pass.</summary>
internal sealed class ImageFilterCheck(ImageFilter filter, WordTokenizer tokenizer)
{
    /// <summary>Kilometres, IUGG's mean.</summary>
    private const double EarthRadius = 6371.0088;

    public bool Passes(ImagePayload payload) => filter.Conditions.All(condition => Holds(condition, payload));

    private bool Holds(ImageCondition condition, ImagePayload payload) => condition switch
    {
        ImageCondition.Not not => !Holds(not.Inner, payload),
        ImageCondition.Any any => any.Inner.Any(inner => Holds(inner, payload)),
        ImageCondition.InLibrary library => Same(library.Library, payload.Library),
        ImageCondition.PathMatches path => PathGlob.Matches(FoldedText.Of(path.Pattern), FoldedText.Of(payload.Path)),
        ImageCondition.InFolder folder => InFolder(FoldedText.Of(folder.Folder).Trim('/'), FoldedText.Of(payload.Path)),
        ImageCondition.HasFormat format => Same(format.Format, payload.Format),
        ImageCondition.HasContent content => Same(content.Sha256, payload.Sha256),
        ImageCondition.TakenWithin taken => payload.TakenAt is { } at && (taken.From is null || at >= taken.From) && (taken.Until is null || at < taken.Until),
        ImageCondition.CameraContains camera => Contains(payload.Camera, camera.Text) || Contains(payload.Lens, camera.Text),
        ImageCondition.Near near => payload is { Latitude: { } latitude, Longitude: { } longitude } && Kilometres(near, latitude, longitude) <= near.Kilometres,
        ImageCondition.WidthWithin width => Within(payload.Width, width.Min, width.Max),
        ImageCondition.HeightWithin height => Within(payload.Height, height.Min, height.Max),
        ImageCondition.RatingWithin rating => payload.Rating is { } stars && Within(stars, rating.Min, rating.Max),
        ImageCondition.HasColour colour => payload.Colours.Any(has => Same(has.Name, colour.Name) && has.Share >= colour.MinShare),
        ImageCondition.HasTag tag => payload.Tags.Any(has => Same(has, tag.Tag)),
        ImageCondition.HasPhrase phrase => PhraseMatch.Occurs(FoldedText.Of(payload.Words), FoldedText.Of(phrase.Phrase)),
        ImageCondition.HasWord word => HasWord(word.Word, payload.Words),
        _ => throw new ArgumentException($"The condition {condition.GetType().Name} is not known here."),
    };

    private static bool InFolder(string folder, string path)
    {
        var end = path.LastIndexOf('/');
        var way = end < 0 ? "//" : $"/{path[..end]}/";
        return folder.Length == 0
            || (folder.Contains('/') ? way.StartsWith($"/{folder}/", StringComparison.Ordinal) : way.Contains($"/{folder}/", StringComparison.Ordinal));
    }

    private static double Kilometres(ImageCondition.Near near, double latitude, double longitude)
    {
        var halfLatitude = double.DegreesToRadians(latitude - near.Latitude) / 2;
        var halfLongitude = double.DegreesToRadians(longitude - near.Longitude) / 2;
        var haversine = Math.Pow(Math.Sin(halfLatitude), 2)
            + (Math.Cos(double.DegreesToRadians(near.Latitude)) * Math.Cos(double.DegreesToRadians(latitude)) * Math.Pow(Math.Sin(halfLongitude), 2));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    private bool HasWord(string word, string words)
    {
        var tokens = tokenizer.Split([word, words]);
        var (wanted, has) = (tokens[0].Take(CollectionQuery.MaxPhrase).ToArray(), tokens[1]);
        return wanted.Length > 0 && Enumerable.Range(0, Math.Max(0, has.Count - wanted.Length + 1)).Any(start => wanted.SequenceEqual(has.Skip(start).Take(wanted.Length)));
    }

    private static bool Within(int value, int? min, int? max) => (min is null || value >= min) && (max is null || value <= max);

    private static bool Same(string a, string b) => FoldedText.Of(a) == FoldedText.Of(b);

    private static bool Contains(string? text, string part) => text is not null && FoldedText.Of(text).Contains(FoldedText.Of(part), StringComparison.Ordinal);
}
