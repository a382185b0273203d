using System.Text.Json;

namespace ImageSearch.Vision.Schemas;

/// <summary>Types and numbers of JSON as schemas see them: exact as far as decimals reach, beyond that as 64-bit floating point numbers.</summary>
internal static class JsonNumbers
{
    /// <summary>The type of a value, by its name in schemas.</summary>
    public static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => IsWhole(value) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    /// <summary>Whether a value is of a type, or of one of several.</summary>
    public static bool IsOfType(JsonElement value, JsonElement types) => types.ValueKind == JsonValueKind.Array
        ? types.EnumerateArray().Any(type => IsOfType(value, type))
        : types.ValueEquals(TypeOf(value)) || (value.ValueKind == JsonValueKind.Number && types.ValueEquals("number"));

    /// <summary>Below 0 where <paramref name="one"/> is less than <paramref name="other"/>, 0 where they are the same.</summary>
    public static int Compare(JsonElement one, JsonElement other) => one.TryGetDecimal(out var first) && other.TryGetDecimal(out var second)
        ? first.CompareTo(second)
        : one.GetDouble().CompareTo(other.GetDouble());

    /// <summary>Whether a number is a multiple of a step that decimals can hold.</summary>
    public static bool IsMultiple(JsonElement value, JsonElement step) =>
        value.TryGetDecimal(out var number) ? number % step.GetDecimal() == 0 : value.GetDouble() % step.GetDouble() == 0;

    private static bool IsWhole(JsonElement value) => value.TryGetDecimal(out var number) ? decimal.IsInteger(number) : double.IsInteger(value.GetDouble());
}
