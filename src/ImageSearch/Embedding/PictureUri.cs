using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Embedding;

/// <summary>A picture as <c>data:image/jpeg;base64,…</c>, written from its bytes without a string between: 96 of them go into one body.</summary>
/// <param name="MediaType">Its media type, one that needs no escaping.</param>
/// <param name="Bytes">The encoded picture.</param>
[JsonConverter(typeof(PictureUriConverter))]
internal sealed record PictureUri(string MediaType, ReadOnlyMemory<byte> Bytes);

/// <summary>Writes data URIs; none comes back from a model.</summary>
internal sealed class PictureUriConverter : JsonConverter<PictureUri>
{
    public override PictureUri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Data URIs are only written.");

    public override void Write(Utf8JsonWriter writer, PictureUri value, JsonSerializerOptions options)
    {
        var head = Encoding.ASCII.GetBytes($"\"data:{value.MediaType};base64,");
        var json = new byte[head.Length + Base64.GetMaxEncodedToUtf8Length(value.Bytes.Length) + 1];
        head.CopyTo(json, 0);
        Base64.EncodeToUtf8(value.Bytes.Span, json.AsSpan(head.Length), out _, out _);
        json[^1] = (byte)'"';
        writer.WriteRawValue(json, skipInputValidation: true);
    }
}
