namespace ImageSearch.Embedding;

/// <summary>What becomes of the words that travel with a picture.</summary>
public enum TitanWords
{
    /// <summary>The vector is that of the picture alone.</summary>
    Ignored,

    /// <summary>
    /// The vector is the mean of picture and words, as the model makes it. It then depends on more than the picture's bytes: no cache
    /// by content may stand before the generator.
    /// </summary>
    Joined,
}
