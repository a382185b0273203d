using System.Text.Json;

namespace ImageSearch.Vision.Schemas;

/// <summary>Checks one value against a schema.</summary>
internal sealed class SchemaCheck
{
    private const int MostSteps = 200_000;
    private const int Deepest = 400;
    private const int MostFailures = 100;

    private readonly JsonSchema _schema;
    private int _steps;
    private bool _isGivenUp;

    private SchemaCheck(JsonSchema schema) => _schema = schema;

    /// <summary>Where the value is not as the schema says, the first hundred places at most.</summary>
    public static IReadOnlyList<SchemaFailure> Of(JsonSchema schema, JsonElement value)
    {
        var check = new SchemaCheck(schema);
        var failures = check.Failures(schema.Root, value, "", 0).Take(MostFailures).ToList();
        return check._isGivenUp ? [.. failures, new SchemaFailure("", "could not be checked to its end: the schema branches too often or too deep")] : failures;
    }

    private IEnumerable<SchemaFailure> Failures(JsonElement schema, JsonElement value, string path, int depth)
    {
        _isGivenUp |= depth > Deepest || ++_steps > MostSteps;
        if (_isGivenUp || schema.ValueKind == JsonValueKind.True)
        {
            return [];
        }

        return schema.ValueKind == JsonValueKind.False
            ? [new SchemaFailure(path, "must not be there")]
            : schema.EnumerateObject().SelectMany(keyword => Failures(keyword, schema, value, path, depth + 1));
    }

    private IEnumerable<SchemaFailure> Failures(JsonProperty keyword, JsonElement schema, JsonElement value, string path, int depth)
    {
        var rule = keyword.Value;
        return keyword.Name switch
        {
            "$ref" => Failures(_schema.Resolve(rule.GetString()!), value, path, depth), // the reader let only strings pass
            "type" => Unless(JsonNumbers.IsOfType(value, rule), path, $"is {JsonNumbers.TypeOf(value)}, and must be {Listed(rule)}"),
            "enum" => Unless(rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)), path, $"is {Quoted(value)}, and must be one of {Quoted(rule)}"),
            "const" => Unless(JsonElement.DeepEquals(rule, value), path, $"is {Quoted(value)}, and must be {Quoted(rule)}"),
            "allOf" => rule.EnumerateArray().SelectMany(one => Failures(one, value, path, depth)),
            "anyOf" => Unless(rule.EnumerateArray().Any(one => Fits(one, value, path, depth)), path, $"fits none of the {rule.GetArrayLength()} alternatives"),
            "oneOf" => Unless(rule.EnumerateArray().Count(one => Fits(one, value, path, depth)) == 1, path, $"must fit exactly one of the {rule.GetArrayLength()} alternatives"),
            "not" => Unless(!Fits(rule, value, path, depth), path, "is what it must not be"),
            _ => value.ValueKind switch
            {
                JsonValueKind.Object => OfObject(keyword.Name, rule, schema, value, path, depth),
                JsonValueKind.Array => OfArray(keyword.Name, rule, value, path, depth),
                JsonValueKind.String => OfString(keyword.Name, rule, value, path),
                JsonValueKind.Number => OfNumber(keyword.Name, rule, value, path),
                _ => [],
            },
        };
    }

    private IEnumerable<SchemaFailure> OfObject(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string path, int depth) => keyword switch
    {
        "properties" => rule.EnumerateObject().SelectMany(named => value.TryGetProperty(named.Name, out var member) ? Failures(named.Value, member, Below(path, named.Name), depth) : []),
        "additionalProperties" => value.EnumerateObject().Where(member => !IsNamed(schema, member.Name)).SelectMany(member => Failures(rule, member.Value, Below(path, member.Name), depth)),
        "required" => rule.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)).Select(name => new SchemaFailure(Below(path, name), "is missing")),
        "minProperties" => Unless(value.GetPropertyCount() >= rule.GetInt32(), path, $"has {value.GetPropertyCount()} members, and must have at least {rule}"),
        "maxProperties" => Unless(value.GetPropertyCount() <= rule.GetInt32(), path, $"has {value.GetPropertyCount()} members, and may have at most {rule}"),
        _ => [],
    };

    private IEnumerable<SchemaFailure> OfArray(string keyword, JsonElement rule, JsonElement value, string path, int depth) => keyword switch
    {
        "items" => value.EnumerateArray().Index().SelectMany(item => Failures(rule, item.Item, $"{path}/{item.Index}", depth)),
        "minItems" => Unless(value.GetArrayLength() >= rule.GetInt32(), path, $"has {value.GetArrayLength()} items, and must have at least {rule}"),
        "maxItems" => Unless(value.GetArrayLength() <= rule.GetInt32(), path, $"has {value.GetArrayLength()} items, and may have at most {rule}"),
        "uniqueItems" => Unless(!rule.GetBoolean() || AreDifferent([.. value.EnumerateArray()]), path, "has the same item twice"),
        _ => [],
    };

    private SchemaFailure[] OfString(string keyword, JsonElement rule, JsonElement value, string path)
    {
        var text = value.GetString()!; // a string is not null
        return keyword switch
        {
            "minLength" => Unless(text.EnumerateRunes().Count() >= rule.GetInt32(), path, $"is {Quoted(value)}, and must have at least {rule} characters"),
            "maxLength" => Unless(text.EnumerateRunes().Count() <= rule.GetInt32(), path, $"is {Quoted(value)}, and may have at most {rule} characters"),
            "pattern" => Unless(_schema.Pattern(rule.GetString()!).IsMatch(text), path, $"is {Quoted(value)}, and must match {Quoted(rule)}"),
            _ => [],
        };
    }

    private static SchemaFailure[] OfNumber(string keyword, JsonElement rule, JsonElement value, string path) => keyword switch
    {
        "minimum" => Unless(JsonNumbers.Compare(value, rule) >= 0, path, $"is {Quoted(value)}, and must be at least {rule}"),
        "maximum" => Unless(JsonNumbers.Compare(value, rule) <= 0, path, $"is {Quoted(value)}, and may be at most {rule}"),
        "exclusiveMinimum" => Unless(JsonNumbers.Compare(value, rule) > 0, path, $"is {Quoted(value)}, and must be above {rule}"),
        "exclusiveMaximum" => Unless(JsonNumbers.Compare(value, rule) < 0, path, $"is {Quoted(value)}, and must be below {rule}"),
        "multipleOf" => Unless(JsonNumbers.IsMultiple(value, rule), path, $"is {Quoted(value)}, and must be a multiple of {rule}"),
        _ => [],
    };

    private bool Fits(JsonElement schema, JsonElement value, string path, int depth) => !Failures(schema, value, path, depth).Any();

    private bool AreDifferent(JsonElement[] items)
    {
        for (var index = 1; index < items.Length; index++)
        {
            _steps += index;
            _isGivenUp |= _steps > MostSteps;
            if (!_isGivenUp && Array.Exists(items[..index], earlier => JsonElement.DeepEquals(earlier, items[index])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNamed(JsonElement schema, string name) => schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    private static SchemaFailure[] Unless(bool isSo, string path, string message) => isSo ? [] : [new SchemaFailure(path, message)];

    private static string Below(string path, string name) =>
        $"{path}/{ModelText.OneLine(name, 100).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static string Listed(JsonElement types) =>
        types.ValueKind == JsonValueKind.Array ? string.Join(" or ", types.EnumerateArray().Select(type => type.GetString())) : types.GetString() ?? "";

    private static string Quoted(JsonElement value) => ModelText.OneLine(value.GetRawText(), 80);
}
