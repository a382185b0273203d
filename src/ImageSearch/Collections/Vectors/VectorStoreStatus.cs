namespace ImageSearch.Collections.Vectors;

/// <summary>What the codes of a store cover and cost.</summary>
/// <param name="Rows">Rows in the store.</param>
/// <param name="CodedRows">Those of them that codes cover; the rest is searched exactly.</param>
/// <param name="CodeWidth">Dimensions that the codes keep; 0 without codes.</param>
/// <param name="CodeBytes">Bytes of the codes.</param>
/// <param name="ModelBytes">Bytes of what was learnt, whatever the number of rows.</param>
internal readonly record struct VectorStoreStatus(int Rows, int CodedRows, int CodeWidth, long CodeBytes, long ModelBytes);
