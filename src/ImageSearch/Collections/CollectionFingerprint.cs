namespace ImageSearch.Collections;

/// <summary>What makes the vectors of a collection comparable; stored with it and checked before every use.</summary>
/// <param name="Model">The embedding model, for example <c>offline-1</c>.</param>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Preparation">Version of what happens to a picture before the model sees it.</param>
public sealed record CollectionFingerprint(string Model, int Dimension, string Preparation)
{
    /// <summary>The distance; vectors are unit length, so the dot product is the cosine.</summary>
    public static string Distance => "cosine";

    /// <inheritdoc/>
    public override string ToString() => $"{Model}, {Dimension} dimensions, {Distance}, preparation {Preparation}";
}
