using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Collections.Embedded;

/// <summary>Payloads as they are stored: JSON in UTF-8, what is absent left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImagePayload))]
internal sealed partial class PayloadJson : JsonSerializerContext
{
    public static void Write(Utf8JsonWriter writer, ImagePayload payload) => JsonSerializer.Serialize(writer, payload, Default.ImagePayload);

    /// <exception cref="JsonException">What is stored is no payload.</exception>
    public static ImagePayload Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.ImagePayload) ?? throw new JsonException("A stored payload is null.");
}
