using System.Text.Json;

namespace ImageSearch.Testing.Qdrant.OpenApi;

/// <summary>
/// A schema in the subset of OpenAPI 3.0 that Qdrant's document uses, held to its tight form: a bare <c>nullable</c>, with which the
/// document marks what may be absent and which by the letter allows anything, allows null alone; and an object with members
/// allows no others. Formats are not looked at.
/// </summary>
internal sealed class JsonSchema
{
    private readonly IReadOnlyDictionary<string, JsonSchema> _definitions;
    private readonly string? _reference;
    private readonly string? _type;
    private readonly bool _nullable;
    private readonly HashSet<string>? _values;
    private readonly List<JsonSchema>? _anyOf;
    private readonly List<JsonSchema>? _oneOf;
    private readonly List<JsonSchema>? _allOf;
    private readonly ObjectMembers? _members;
    private readonly JsonSchema? _items;
    private readonly SchemaBounds _bounds;

    public JsonSchema(JsonElement schema, IReadOnlyDictionary<string, JsonSchema> definitions)
    {
        _definitions = definitions;
        _reference = schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1] : null;
        _type = schema.TryGetProperty("type", out var type) ? type.GetString() : null;
        _nullable = schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();
        _values = schema.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Select(value => value.GetRawText())] : null;
        _anyOf = Branches(schema, "anyOf");
        _oneOf = Branches(schema, "oneOf");
        _allOf = Branches(schema, "allOf");
        _items = schema.TryGetProperty("items", out var items) ? new JsonSchema(items, definitions) : null;
        _members = _type == "object" || schema.TryGetProperty("properties", out _) ? new ObjectMembers(schema, definitions) : null;
        _bounds = new SchemaBounds(schema);
    }

    private bool IsBareNull => _nullable && _reference is null && _type is null && _values is null && _anyOf is null && _oneOf is null && _allOf is null;

    /// <summary>What a value breaks of the schema; empty when it is right.</summary>
    public List<string> Check(JsonElement value, string path)
    {
        if (_reference is not null)
        {
            return _definitions[_reference].Check(value, path);
        }

        if (value.ValueKind == JsonValueKind.Null && _nullable)
        {
            return [];
        }

        if (IsBareNull)
        {
            return [$"{path}: is not null"];
        }

        List<string> problems = [.. CheckType(value, path)];
        if (problems.Count > 0)
        {
            return problems;
        }

        if (_values?.Contains(value.GetRawText()) == false)
        {
            problems.Add($"{path}: {value.GetRawText()} is none of {string.Join(", ", _values)}");
        }

        problems.AddRange(_bounds.Check(value, path));
        problems.AddRange(_members?.Check(value, path) ?? []);
        problems.AddRange(CheckItems(value, path));
        problems.AddRange(CheckBranches(value, path));
        return problems;
    }

    private IEnumerable<string> CheckType(JsonElement value, string path)
    {
        var fits = _type switch
        {
            null => true,
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)),
            _ => throw new NotSupportedException($"the schema's type '{_type}' is not known here"),
        };
        return fits ? [] : [$"{path}: {value.ValueKind} is no {_type}"];
    }

    /// <summary>Of a list only the first wrong item is told.</summary>
    private List<string> CheckItems(JsonElement value, string path)
    {
        if (_items is null || value.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        // Vectors are long: the place of an item is worked out only for the one that is wrong.
        var wrong = value.EnumerateArray().Index().FirstOrDefault(item => _items.Check(item.Item, path).Count > 0);
        return wrong.Item.ValueKind == JsonValueKind.Undefined ? [] : _items.Check(wrong.Item, $"{path}[{wrong.Index}]");
    }

    private IEnumerable<string> CheckBranches(JsonElement value, string path)
    {
        var all = _allOf?.SelectMany(branch => branch.Check(value, path)) ?? [];
        var (branches, most) = _anyOf is not null ? (_anyOf, int.MaxValue) : (_oneOf ?? [], 1);
        var results = branches.ConvertAll(branch => branch.Check(value, path));
        var fitting = results.Count(problems => problems.Count == 0);
        return fitting > most ? all.Append($"{path}: {fitting} forms fit where one must")
            : fitting == 0 && results.Count > 0 ? all.Concat(Nearest(results, path))
            : all;
    }

    /// <summary>The form that was most likely meant: of the right type, with the fewest problems, and those the deepest.</summary>
    private static List<string> Nearest(List<List<string>> forms, string path) => forms
        .OrderBy(problems => problems.Exists(problem => problem.StartsWith(path + ":", StringComparison.Ordinal)))
        .ThenBy(problems => problems.Count)
        .ThenByDescending(problems => problems.Max(problem => problem.IndexOf(':', StringComparison.Ordinal)))
        .First();

    private List<JsonSchema>? Branches(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var branches) ? [.. branches.EnumerateArray().Select(branch => new JsonSchema(branch, _definitions))] : null;
}
