namespace ImageSearch.Collections;

/// <summary>One search of a collection: nearest by meaning, best by words, or both, under one filter.</summary>
public sealed record CollectionQuery
{
    /// <summary>Shape [dimension], unit length; null searches by words alone.</summary>
    public ReadOnlyMemory<float>? Vector { get; init; }

    /// <summary>Most words that count; later ones are passed over, so that a pasted book is a slow query for nobody.</summary>
    public const int MaxWords = 64;

    /// <summary>Most parts of one word that count; later ones are passed over.</summary>
    public const int MaxPhrase = 16;

    /// <summary>
    /// Words to rank by, any of which may match in any of its forms; empty searches by meaning alone. A word with spaces or
    /// punctuation in it stands for its parts one after the other.
    /// </summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What a hit must satisfy.</summary>
    public ImageFilter Filter { get; init; } = ImageFilter.All;

    /// <summary>Most hits wanted from each signal; at least 1.</summary>
    public required int Limit { get; init; }

    /// <summary>How the nearest are found.</summary>
    public SearchPrecision Precision { get; init; } = SearchPrecision.Quantised;

    /// <summary>Whether hits carry their vectors.</summary>
    public VectorInclusion Vectors { get; init; } = VectorInclusion.Without;
}
