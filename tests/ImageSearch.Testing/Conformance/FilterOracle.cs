using System.Text.RegularExpressions;
using ImageSearch.Collections;

namespace ImageSearch.Testing.Conformance;

/// <summary>What a filter means, written down a second time and as plainly as can be: one payload at a time.</summary>
public static class FilterOracle
{
    public static bool Passes(ImageFilter filter, ImagePayload payload) => filter.Conditions.All(condition => Holds(condition, payload));

    private static bool Holds(ImageCondition condition, ImagePayload payload) => condition switch
    {
        ImageCondition.Not not => !Holds(not.Inner, payload),
        ImageCondition.Any any => any.Inner.Any(inner => Holds(inner, payload)),
        ImageCondition.InLibrary library => Same(library.Library, payload.Library),
        ImageCondition.PathMatches path => PathMatches(path.Pattern, payload.Path),
        ImageCondition.InFolder folder => InFolder(folder.Folder.Trim('/'), payload.Path),
        ImageCondition.HasFormat format => Same(format.Format, payload.Format),
        ImageCondition.HasContent content => Same(content.Sha256, payload.Sha256),
        ImageCondition.TakenWithin taken => payload.TakenAt is { } at && (taken.From is null || at >= taken.From) && (taken.Until is null || at < taken.Until),
        ImageCondition.CameraContains camera => Contains(payload.Camera, camera.Text) || Contains(payload.Lens, camera.Text),
        ImageCondition.Near near => payload is { Latitude: { } latitude, Longitude: { } longitude } && Kilometres(near.Latitude, near.Longitude, latitude, longitude) <= near.Kilometres,
        ImageCondition.WidthWithin width => Within(payload.Width, width.Min, width.Max),
        ImageCondition.HeightWithin height => Within(payload.Height, height.Min, height.Max),
        ImageCondition.RatingWithin rating => payload.Rating is { } stars && Within(stars, rating.Min, rating.Max),
        ImageCondition.HasColour colour => payload.Colours.Any(has => Same(has.Name, colour.Name) && has.Share >= colour.MinShare),
        ImageCondition.HasTag tag => payload.Tags.Any(has => Same(has, tag.Tag)),
        ImageCondition.HasPhrase phrase => Regex.IsMatch(payload.Words, Boundaries(phrase.Phrase), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant),
        ImageCondition.HasWord word => Regex.Split(payload.Words, @"[^\w]+").Any(has => has.Length > 0 && FormOf(has) == FormOf(word.Word)),
        _ => throw new ArgumentException($"Unknown condition {condition}."),
    };

    private static bool PathMatches(string pattern, string path)
    {
        var expression = Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
        return pattern.AsSpan().ContainsAny('*', '?')
            ? Regex.IsMatch(path, $"^{expression}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)
            : Contains(path, pattern);
    }

    private static bool InFolder(string folder, string path)
    {
        var parts = path.Split('/')[..^1];
        return folder.Length == 0
            || (folder.Contains('/')
                ? $"{string.Join('/', parts)}/".StartsWith($"{folder}/", StringComparison.OrdinalIgnoreCase)
                : parts.Any(part => Same(part, folder)));
    }

    private static string Boundaries(string phrase) =>
        $"{(phrase.Length > 0 && char.IsLetterOrDigit(phrase[0]) ? @"(?<!\w)" : "")}{Regex.Escape(phrase)}{(phrase.Length > 0 && char.IsLetterOrDigit(phrase[^1]) ? @"(?!\w)" : "")}";

    private static string FormOf(string word)
    {
        var lower = word.ToLowerInvariant();
        return SamplePictures.Forms.FirstOrDefault(forms => forms.Contains(lower))?[0] ?? lower;
    }

    // The spherical law of cosines: another formula than the haversine, exact enough for what is not a few metres away.
    private static double Kilometres(double latitude, double longitude, double otherLatitude, double otherLongitude)
    {
        var (φ1, φ2) = (double.DegreesToRadians(latitude), double.DegreesToRadians(otherLatitude));
        var cosine = (Math.Sin(φ1) * Math.Sin(φ2)) + (Math.Cos(φ1) * Math.Cos(φ2) * Math.Cos(double.DegreesToRadians(otherLongitude - longitude)));
        return 6371.0088 * Math.Acos(Math.Clamp(cosine, -1, 1));
    }

    private static bool Within(int value, int? min, int? max) => (min is null || value >= min) && (max is null || value <= max);

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) ?? false;
}
