using System.Globalization;
using System.Text.Json;

namespace ImageSearch.Collections.Embedded;

/// <summary>
/// Reads payloads as <see cref="PayloadJson"/> writes them. By hand, because payloads are on the way of every search: generated
/// code rests on generic code of the serializer that no ahead-of-time compiler reaches, and compiling that takes longer than
/// searching.
/// </summary>
internal static class PayloadReader
{
    /// <exception cref="JsonException">What is stored is no payload.</exception>
    public static ImagePayload Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new JsonException($"A stored payload lacks a field or holds another kind of value: {exception.Message}", exception);
        }
    }

    private static ImagePayload Read(JsonElement payload) => new()
    {
        Library = Text(payload.GetProperty("library")),
        Path = Text(payload.GetProperty("path")),
        Sha256 = Text(payload.GetProperty("sha256")),
        Bytes = payload.GetProperty("bytes").GetInt64(),
        Modified = payload.GetProperty("modified").GetDateTimeOffset(),
        Width = payload.GetProperty("width").GetInt32(),
        Height = payload.GetProperty("height").GetInt32(),
        Format = Text(payload.GetProperty("format")),
        TakenAt = Find(payload, "takenAt")?.GetDateTime(),
        TakenAtOffset = Find(payload, "takenAtOffset") is { } offset ? TimeSpan.ParseExact(Text(offset), "c", CultureInfo.InvariantCulture) : null,
        TakenAtSource = Find(payload, "takenAtSource")?.GetString(),
        Camera = Find(payload, "camera")?.GetString(),
        Lens = Find(payload, "lens")?.GetString(),
        Latitude = Find(payload, "latitude")?.GetDouble(),
        Longitude = Find(payload, "longitude")?.GetDouble(),
        Rating = Find(payload, "rating")?.GetInt32(),
        Title = Find(payload, "title")?.GetString(),
        Description = Find(payload, "description")?.GetString(),
        Caption = Find(payload, "caption")?.GetString(),
        Tags = Tags(payload.GetProperty("tags")),
        Colours = Colours(payload.GetProperty("colours")),
        PerceptualHash = payload.GetProperty("perceptualHash").GetUInt64(),
        Words = Text(payload.GetProperty("words")),
        Model = Text(payload.GetProperty("model")),
        IndexedAt = payload.GetProperty("indexedAt").GetDateTimeOffset(),
    };

    private static JsonElement? Find(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) ? value : null;

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("a text is null");

    private static string[] Tags(JsonElement tags)
    {
        var texts = new string[tags.GetArrayLength()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(tags[i]);
        }

        return texts;
    }

    private static ColourShare[] Colours(JsonElement colours)
    {
        var shares = new ColourShare[colours.GetArrayLength()];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = new ColourShare(Text(colours[i].GetProperty("name")), colours[i].GetProperty("share").GetSingle());
        }

        return shares;
    }
}
