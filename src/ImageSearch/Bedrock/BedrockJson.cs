using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Bedrock.Model;

namespace ImageSearch.Bedrock;

/// <summary>The JSON of the wire: camelCase, absent members for null, blobs in base64.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(BlobConverter)])]
[JsonSerializable(typeof(ConverseRequest))]
[JsonSerializable(typeof(ConverseResponse))]
[JsonSerializable(typeof(CountTokensRequest))]
[JsonSerializable(typeof(CountTokensResponse))]
[JsonSerializable(typeof(ApplyGuardrailRequest))]
[JsonSerializable(typeof(ApplyGuardrailResponse))]
[JsonSerializable(typeof(CreateModelInvocationJobRequest))]
[JsonSerializable(typeof(CreateModelInvocationJobResponse))]
[JsonSerializable(typeof(GetModelInvocationJobResponse))]
[JsonSerializable(typeof(ListModelInvocationJobsResponse))]
[JsonSerializable(typeof(PayloadPart))]
[JsonSerializable(typeof(MessageStartEvent))]
[JsonSerializable(typeof(ContentBlockStartEvent))]
[JsonSerializable(typeof(ContentBlockDeltaEvent))]
[JsonSerializable(typeof(ContentBlockStopEvent))]
[JsonSerializable(typeof(MessageStopEvent))]
[JsonSerializable(typeof(ConverseStreamMetadataEvent))]
internal sealed partial class BedrockJson : JsonSerializerContext;

/// <summary>Blobs are memory streams, as in the official package, and base64 strings on the wire.</summary>
internal sealed class BlobConverter : JsonConverter<MemoryStream>
{
    public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.TryGetBuffer(out var buffer) ? buffer : value.ToArray());
}
