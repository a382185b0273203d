using System.Text.Json;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Reads members of request bodies as strictly as the server: a wrong type is refused, an unknown member is not looked at.</summary>
internal static class JsonReading
{
    /// <summary>A member, or nothing where it is absent or null.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement Need(this JsonElement element, string name) => element.Find(name) ?? throw QdrantRefusal.Format($"missing field `{name}`");

    public static string AsText(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw WrongType(element, "a string");

    public static bool AsFlag(this JsonElement element) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw WrongType(element, "a boolean");

    public static double AsNumber(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number ? element.GetDouble() : throw WrongType(element, "a number");

    public static ulong AsUnsigned(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out var value) ? value : throw WrongType(element, "u64");

    public static IEnumerable<JsonElement> AsList(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw WrongType(element, "a sequence");

    public static IEnumerable<JsonElement> AsOneOrMany(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];

    public static JsonElement AsObject(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element : throw WrongType(element, "a map");

    public static float[] AsFloats(this JsonElement element)
    {
        var values = new float[element.ValueKind == JsonValueKind.Array ? element.GetArrayLength() : throw WrongType(element, "a sequence")];
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            values[index++] = item.ValueKind == JsonValueKind.Number ? item.GetSingle() : throw WrongType(item, "f32");
        }

        return values;
    }

    /// <summary>A whole number of at least <paramref name="minimum"/>; huge ones count as the largest.</summary>
    public static int Count(this JsonElement body, string name, int fallback, int minimum)
    {
        if (body.Find(name) is not { } element)
        {
            return fallback;
        }

        var value = (int)Math.Min(element.AsUnsigned(), int.MaxValue);
        return value >= minimum ? value : throw QdrantRefusal.Validation(name, $"value {value} invalid, must be {minimum} or larger");
    }

    public static QdrantRefusal WrongType(JsonElement element, string expected) =>
        QdrantRefusal.Format($"invalid type: {Describe(element)}, expected {expected}");

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "map",
        JsonValueKind.Array => "sequence",
        JsonValueKind.Undefined => "nothing",
        _ => element.GetRawText(),
    };
}
