namespace ImageSearch.Collections;

/// <summary>
/// One condition of an <see cref="ImageFilter"/>. Text is compared without regard to case. A condition on a field that a point lacks
/// does not hold, so that its <see cref="Not"/> does.
/// </summary>
public abstract record ImageCondition
{
    private ImageCondition()
    {
    }

    /// <summary>The inner condition does not hold.</summary>
    public sealed record Not(ImageCondition Inner) : ImageCondition;

    /// <summary>At least one of the inner conditions holds; without any, none does.</summary>
    public sealed record Any(IReadOnlyList<ImageCondition> Inner) : ImageCondition
    {
        /// <inheritdoc/>
        public bool Equals(Any? other) => other is not null && Inner.SequenceEqual(other.Inner);

        /// <inheritdoc/>
        public override int GetHashCode() => ImageFilter.HashOf(Inner);
    }

    /// <summary>The point belongs to the library.</summary>
    public sealed record InLibrary(string Library) : ImageCondition;

    /// <summary>The path matches: <c>*</c> stands for any run of characters, <c>?</c> for one; without either, the text occurs anywhere in the path.</summary>
    public sealed record PathMatches(string Pattern) : ImageCondition;

    /// <summary>
    /// The picture lies in the folder, at any depth. The folder is a path below the root (<c>2024/rome</c>) or one folder's name that
    /// occurs anywhere on the way; the root itself (empty or <c>/</c>) holds every picture.
    /// </summary>
    public sealed record InFolder(string Folder) : ImageCondition;

    /// <summary>The format is this one, for example <c>jpeg</c>.</summary>
    public sealed record HasFormat(string Format) : ImageCondition;

    /// <summary>The bytes are these, by SHA-256 in lower-case hexadecimal.</summary>
    public sealed record HasContent(string Sha256) : ImageCondition;

    /// <summary>Taken in [<paramref name="From"/>, <paramref name="Until"/>) by the camera's clock; a null end is open. Points without a time do not match.</summary>
    public sealed record TakenWithin(DateTime? From, DateTime? Until) : ImageCondition;

    /// <summary>The camera's or the lens's name contains the text.</summary>
    public sealed record CameraContains(string Text) : ImageCondition;

    /// <summary>Taken within <paramref name="Kilometres"/> of a place, along the great circle.</summary>
    public sealed record Near(double Latitude, double Longitude, double Kilometres) : ImageCondition;

    /// <summary>Upright width in pixels, both ends included; null is open.</summary>
    public sealed record WidthWithin(int? Min, int? Max) : ImageCondition;

    /// <summary>Upright height in pixels, both ends included; null is open.</summary>
    public sealed record HeightWithin(int? Min, int? Max) : ImageCondition;

    /// <summary>Stars, both ends included; null is open. Points without a rating do not match.</summary>
    public sealed record RatingWithin(int? Min, int? Max) : ImageCondition;

    /// <summary>The picture has the named colour, and it covers at least this share, 0…1.</summary>
    public sealed record HasColour(string Name, float MinShare) : ImageCondition;

    /// <summary>One of the tags equals the text.</summary>
    public sealed record HasTag(string Tag) : ImageCondition;

    /// <summary>
    /// The words contain this phrase, letter for letter but for case, at word boundaries: where it begins or ends with a letter or
    /// digit, none stands beside it. Chinese and Japanese characters are words of their own.
    /// </summary>
    public sealed record HasPhrase(string Phrase) : ImageCondition;

    /// <summary>The words contain this word in any of its forms (<c>dog</c>, <c>dogs</c>). Without a letter or digit in it, it never holds; with spaces in it, its parts follow one another.</summary>
    public sealed record HasWord(string Word) : ImageCondition;
}
