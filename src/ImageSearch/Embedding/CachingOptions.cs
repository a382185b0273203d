namespace ImageSearch.Embedding;

/// <summary>What a <see cref="CachingEmbeddingGenerator"/> must know about the model behind it.</summary>
public sealed record CachingOptions
{
    /// <summary>Whether vectors of texts are kept too. Where they cost money, the same words are then never paid for twice.</summary>
    /// <value>The default is false: texts pass through.</value>
    public bool KeepsTexts { get; init; }

    /// <summary>Whether the model embeds what is searched by otherwise than what is to be found, so that the two are kept apart.</summary>
    /// <value>The default is false: one vector serves both roles.</value>
    public bool IsAsymmetric { get; init; }
}
