using System.Globalization;
using System.Text.Json;

namespace ImageSearch.Collections;

/// <summary>
/// Payloads as they are stored: JSON in UTF-8, what is absent left out, what is unknown passed over. Written out by hand because
/// a serialiser compiles some five hundred methods at the first payload, a third of the time that a search from the shell takes.
/// </summary>
internal static class PayloadJson
{
    private static readonly ImagePayload Blank = new()
    {
        Library = "",
        Path = "",
        Sha256 = "",
        Bytes = 0,
        Modified = default,
        Width = 0,
        Height = 0,
        Format = "",
        Model = "",
        IndexedAt = default,
    };

    /// <exception cref="ArgumentException">A number of the payload is none.</exception>
    public static void Write(Utf8JsonWriter json, ImagePayload payload)
    {
        json.WriteStartObject();
        WriteMembers(json, payload);
        json.WriteEndObject();
    }

    /// <summary>Writes the members alone, into an object that may have others.</summary>
    /// <exception cref="ArgumentException">A number of the payload is none.</exception>
    public static void WriteMembers(Utf8JsonWriter json, ImagePayload payload)
    {
        json.WriteString("library"u8, payload.Library);
        json.WriteString("path"u8, payload.Path);
        json.WriteString("sha256"u8, payload.Sha256);
        json.WriteNumber("bytes"u8, payload.Bytes);
        json.WriteString("modified"u8, payload.Modified);
        json.WriteNumber("width"u8, payload.Width);
        json.WriteNumber("height"u8, payload.Height);
        json.WriteString("format"u8, payload.Format);
        WriteWhenAndWhere(json, payload);
        WriteOptional(json, "camera"u8, payload.Camera);
        WriteOptional(json, "lens"u8, payload.Lens);
        WriteOptional(json, "title"u8, payload.Title);
        WriteOptional(json, "description"u8, payload.Description);
        WriteOptional(json, "caption"u8, payload.Caption);
        WriteOptional(json, "captionModel"u8, payload.CaptionModel);
        WriteOptional(json, "visibleText"u8, payload.VisibleText);
        if (payload.Rating is { } rating)
        {
            json.WriteNumber("rating"u8, rating);
        }

        WriteLists(json, payload);
        json.WriteNumber("perceptualHash"u8, payload.PerceptualHash);
        json.WriteString("words"u8, payload.Words);
        json.WriteString("model"u8, payload.Model);
        json.WriteString("indexedAt"u8, payload.IndexedAt);
    }

    /// <exception cref="JsonException">What is stored is no payload.</exception>
    public static ImagePayload Read(ReadOnlySpan<byte> stored)
    {
        try
        {
            return ReadObject(stored);
        }
        catch (InvalidOperationException exception)
        {
            // The reader's word for a value of another kind than asked for.
            throw new JsonException("A stored payload has a value of the wrong kind.", exception);
        }
    }

    private static ImagePayload ReadObject(ReadOnlySpan<byte> stored)
    {
        var json = new Utf8JsonReader(stored);
        Expect(ref json, JsonTokenType.StartObject);
        var payload = Blank;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            payload = With(payload, name, ref json);
        }

        return payload.Path.Length > 0 ? payload : throw new JsonException("A stored payload has no path.");
    }

    private static ImagePayload With(ImagePayload payload, string? name, ref Utf8JsonReader json) => name switch
    {
        "library" => payload with { Library = Text(ref json) },
        "path" => payload with { Path = Text(ref json) },
        "sha256" => payload with { Sha256 = Text(ref json) },
        "bytes" => payload with { Bytes = json.GetInt64() },
        "modified" => payload with { Modified = json.GetDateTimeOffset() },
        "width" => payload with { Width = json.GetInt32() },
        "height" => payload with { Height = json.GetInt32() },
        "format" => payload with { Format = Text(ref json) },
        "takenAt" => payload with { TakenAt = json.GetDateTime() },
        "takenAtOffset" => payload with { TakenAtOffset = TimeSpan.ParseExact(Text(ref json), "c", CultureInfo.InvariantCulture) },
        "takenAtSource" => payload with { TakenAtSource = Text(ref json) },
        "latitude" => payload with { Latitude = json.GetDouble() },
        "longitude" => payload with { Longitude = json.GetDouble() },
        "camera" => payload with { Camera = Text(ref json) },
        "lens" => payload with { Lens = Text(ref json) },
        "title" => payload with { Title = Text(ref json) },
        "description" => payload with { Description = Text(ref json) },
        "caption" => payload with { Caption = Text(ref json) },
        "captionModel" => payload with { CaptionModel = Text(ref json) },
        "captionTags" => payload with { CaptionTags = ReadTags(ref json) },
        "visibleText" => payload with { VisibleText = Text(ref json) },
        "rating" => payload with { Rating = json.GetInt32() },
        "tags" => payload with { Tags = ReadTags(ref json) },
        "colours" => payload with { Colours = ReadColours(ref json) },
        "perceptualHash" => payload with { PerceptualHash = json.GetUInt64() },
        "words" => payload with { Words = Text(ref json) },
        "model" => payload with { Model = Text(ref json) },
        "indexedAt" => payload with { IndexedAt = json.GetDateTimeOffset() },
        _ => PassOver(payload, ref json),
    };

    private static void WriteWhenAndWhere(Utf8JsonWriter json, ImagePayload payload)
    {
        if (payload.TakenAt is { } takenAt)
        {
            json.WriteString("takenAt"u8, takenAt);
        }

        WriteOptional(json, "takenAtOffset"u8, payload.TakenAtOffset?.ToString("c", CultureInfo.InvariantCulture));
        WriteOptional(json, "takenAtSource"u8, payload.TakenAtSource);
        if (payload.Latitude is { } latitude)
        {
            json.WriteNumber("latitude"u8, latitude);
        }

        if (payload.Longitude is { } longitude)
        {
            json.WriteNumber("longitude"u8, longitude);
        }
    }

    private static void WriteLists(Utf8JsonWriter json, ImagePayload payload)
    {
        WriteTags(json, "tags"u8, payload.Tags);
        if (payload.CaptionTags.Count > 0)
        {
            WriteTags(json, "captionTags"u8, payload.CaptionTags);
        }

        // Name and share take turns.
        json.WriteStartArray("colours"u8);
        foreach (var colour in payload.Colours)
        {
            json.WriteStringValue(colour.Name);
            json.WriteNumberValue(colour.Share);
        }

        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> tags)
    {
        json.WriteStartArray(name);
        foreach (var tag in tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static List<string> ReadTags(ref Utf8JsonReader json)
    {
        var tags = new List<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            tags.Add(Text(ref json));
        }

        return tags;
    }

    private static List<ColourShare> ReadColours(ref Utf8JsonReader json)
    {
        var colours = new List<ColourShare>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var name = Text(ref json);
            Expect(ref json, JsonTokenType.Number);
            colours.Add(new ColourShare(name, json.GetSingle()));
        }

        return colours;
    }

    private static string Text(ref Utf8JsonReader json) => json.GetString() ?? throw new JsonException("A stored text is null.");

    private static ImagePayload PassOver(ImagePayload payload, ref Utf8JsonReader json)
    {
        json.Skip();
        return payload;
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (!json.Read() || json.TokenType != token)
        {
            throw new JsonException($"A stored payload has {json.TokenType} where {token} belongs.");
        }
    }
}
