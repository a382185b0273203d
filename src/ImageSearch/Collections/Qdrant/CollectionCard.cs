using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Collections.Qdrant;

/// <summary>What a collection of ours says about itself in its metadata, under <c>imagesearch</c>, and never changes.</summary>
/// <param name="Format">Grows with every change that an older program would misread.</param>
/// <param name="Instance">Identifies this making of the collection.</param>
/// <param name="Model">The embedding model.</param>
/// <param name="Dimension">Numbers in a vector.</param>
/// <param name="Preparation">Version of what happens to a picture before the model sees it.</param>
/// <param name="Created">When it was made.</param>
internal sealed record CollectionCard(int Format, Guid Instance, string Model, int Dimension, string Preparation, DateTimeOffset Created)
{
    /// <summary>The format that this program writes and reads.</summary>
    public const int KnownFormat = 1;

    [JsonIgnore]
    public CollectionFingerprint Fingerprint => new(Model, Dimension, Preparation);

    /// <summary>The card in a collection's metadata; null where there is none.</summary>
    public static CollectionCard? Of(JsonElement? metadata)
    {
        try
        {
            return metadata is { ValueKind: JsonValueKind.Object } found ? found.Deserialize(CardJson.Default.CollectionMetadata)?.Imagesearch : null;
        }
        catch (JsonException)
        {
            // Something else's metadata.
            return null;
        }
    }

    /// <summary>The metadata of a collection with this card.</summary>
    public JsonElement ToMetadata() => JsonSerializer.SerializeToElement(new CollectionMetadata(this), CardJson.Default.CollectionMetadata);
}

internal sealed record CollectionMetadata(CollectionCard? Imagesearch);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CollectionMetadata))]
internal sealed partial class CardJson : JsonSerializerContext;
