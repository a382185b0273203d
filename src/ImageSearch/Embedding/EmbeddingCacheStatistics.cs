namespace ImageSearch.Embedding;

/// <summary>How much an <see cref="EmbeddingCache"/> holds.</summary>
/// <param name="Entries">Vectors stored, over all models.</param>
/// <param name="Bytes">Size of the database in bytes, its journal left out.</param>
public sealed record EmbeddingCacheStatistics(long Entries, long Bytes);
