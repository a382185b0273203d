using System.Text.Json;

namespace ImageSearch.Testing.Qdrant.OpenApi;

/// <summary>The least and the most that a schema allows.</summary>
internal sealed class SchemaBounds(JsonElement schema)
{
    private readonly double? _minimum = Number(schema, "minimum");
    private readonly double? _maximum = Number(schema, "maximum");
    private readonly double? _minLength = Number(schema, "minLength");
    private readonly double? _maxLength = Number(schema, "maxLength");
    private readonly double? _minItems = Number(schema, "minItems");
    private readonly bool _unique = schema.TryGetProperty("uniqueItems", out var unique) && unique.GetBoolean();

    public IEnumerable<string> Check(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when value.GetDouble() < _minimum || value.GetDouble() > _maximum:
                yield return $"{path}: {value.GetRawText()} is not in {_minimum}…{_maximum}";
                break;
            case JsonValueKind.String when value.GetString()!.Length < _minLength || value.GetString()!.Length > _maxLength:
                yield return $"{path}: its length is not in {_minLength}…{_maxLength}";
                break;
            case JsonValueKind.Array when value.GetArrayLength() < _minItems:
                yield return $"{path}: has fewer than {_minItems} items";
                break;
            case JsonValueKind.Array when _unique && value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() < value.GetArrayLength():
                yield return $"{path}: has equal items";
                break;
        }
    }

    private static double? Number(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetDouble() : null;
}
