using System.Buffers;
using System.Text.Json;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>Points as Qdrant keeps them. See <see cref="PointFields"/>.</summary>
internal static class PointEncoding
{
    /// <summary>The smallest share of a colour that a facet counts.</summary>
    public const float LeastShare = 0.1f;

    /// <summary>The point to write; its payload is written to <paramref name="buffer"/>, which must outlive it.</summary>
    public static PointStruct Encode(ImagePoint point, IReadOnlyList<string> tokens, ArrayBufferWriter<byte> buffer)
    {
        var start = buffer.WrittenCount;
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            PayloadJson.WriteMembers(json, point.Payload);
            WriteIndex(json, point.Payload, tokens);
            json.WriteEndObject();
        }

        var vectors = new Dictionary<string, Vector> { [PointFields.Picture] = new Vector.Dense(point.Vector) };
        if (WordWeights.OfPoint(tokens) is { } words)
        {
            vectors[PointFields.Words] = words;
        }

        // A buffer that grows leaves what was written where it was, for those who hold it.
        return new PointStruct(point.Id, vectors, buffer.WrittenMemory[start..]);
    }

    /// <summary>Each folder on the way to a picture, the outermost first.</summary>
    public static IEnumerable<string> FoldersOf(string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (end > 0)
            {
                yield return path[..end];
            }
        }
    }

    private static void WriteIndex(Utf8JsonWriter json, ImagePayload payload, IReadOnlyList<string> tokens)
    {
        json.WriteStartObject(PointFields.Index);
        var folders = FoldersOf(payload.Path).ToList();
        json.WriteString("library"u8, Keyword.Of(payload.Library));
        Write(json, "folders"u8, folders.Select(Keyword.Of));
        Write(json, "folderNames"u8, folders.Select(folder => Keyword.Of(folder[(folder.LastIndexOf('/') + 1)..])));
        json.WriteString("format"u8, Keyword.Of(payload.Format));
        WriteOptional(json, "camera"u8, payload.Camera);
        WriteOptional(json, "lens"u8, payload.Lens);
        Write(json, "tags"u8, payload.Tags.Select(Keyword.Of));
        WriteColours(json, payload.Colours);
        if (payload is { Latitude: { } latitude, Longitude: { } longitude })
        {
            json.WriteStartObject("place"u8);
            json.WriteNumber("lat"u8, latitude);
            json.WriteNumber("lon"u8, longitude);
            json.WriteEndObject();
        }

        json.WriteString("terms"u8, string.Join(' ', tokens));
        json.WriteString("signs"u8, string.Join(' ', TextSigns.Of(FoldedText.Of(payload.Words))));
        json.WriteString("path"u8, string.Join(' ', PathPieces.OfPath(FoldedText.Of(payload.Path))));
        WriteFacets(json, payload, folders);
        json.WriteEndObject();
    }

    // What differs only in case is counted once for a picture.
    private static void WriteFacets(Utf8JsonWriter json, ImagePayload payload, List<string> folders)
    {
        json.WriteStartObject("facets"u8);
        Write(json, "folders"u8, folders);
        Write(json, "tags"u8, payload.Tags.DistinctBy(FoldedText.Of));
        Write(json, "colours"u8, payload.Colours.DistinctBy(colour => FoldedText.Of(colour.Name)).Where(colour => colour.Share >= LeastShare).Select(colour => colour.Name));
        if (payload.TakenAt is { } taken)
        {
            json.WriteNumber("year"u8, taken.Year);
        }

        json.WriteEndObject();
    }

    private static void WriteColours(Utf8JsonWriter json, IReadOnlyList<ColourShare> colours)
    {
        json.WriteStartArray("colours"u8);
        foreach (var colour in colours)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, Keyword.Of(colour.Name));
            json.WriteNumber("share"u8, colour.Share);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, Keyword.Beginning(text));
        }
    }
}
