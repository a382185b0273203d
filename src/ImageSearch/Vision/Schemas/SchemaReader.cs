using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImageSearch.Vision.Schemas;

/// <summary>Reads a schema once, and refuses what it does not know, what is not well formed, and what would have no end.</summary>
internal sealed class SchemaReader
{
    private const string Root = "#";
    private const int DeepestReference = 100;

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    private static readonly Dictionary<string, Action<SchemaReader, JsonElement, string>> Keywords = new()
    {
        ["type"] = (_, value, place) => Expect(value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().All(IsType) && value.GetArrayLength() > 0 : IsType(value), place, $"one of {string.Join(", ", Types)}, or a list of those"),
        ["enum"] = (_, value, place) => Expect(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0, place, "a list of values"),
        ["const"] = (_, _, _) => { },
        ["$ref"] = (reader, value, place) => reader.ReadReference(value, place),
        ["$defs"] = (reader, value, place) => reader.ReadEach(value, place),
        ["definitions"] = (reader, value, place) => reader.ReadEach(value, place),
        ["properties"] = (reader, value, place) => reader.ReadEach(value, place),
        ["allOf"] = (reader, value, place) => reader.ReadList(value, place),
        ["anyOf"] = (reader, value, place) => reader.ReadList(value, place),
        ["oneOf"] = (reader, value, place) => reader.ReadList(value, place),
        ["not"] = (reader, value, place) => reader.ReadSchema(value, place),
        ["additionalProperties"] = (reader, value, place) => reader.ReadSchema(value, place),
        ["items"] = (reader, value, place) => reader.ReadSchema(value, place),
        ["required"] = (_, value, place) => Expect(value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String), place, "a list of names"),
        ["uniqueItems"] = (_, value, place) => Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, place, "true or false"),
        ["pattern"] = (reader, value, place) => reader.ReadPattern(value, place),
        ["multipleOf"] = (_, value, place) => Expect(value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var step) && step > 0, place, "a number above 0"),
    };

    private static readonly string[] Groups = ["$defs", "definitions"];
    private static readonly string[] Counts = ["minProperties", "maxProperties", "minItems", "maxItems", "minLength", "maxLength"];
    private static readonly string[] Bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    private static readonly string[] Annotations =
        ["$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "format"];

    private readonly Dictionary<string, JsonElement> _definitions = [];
    private readonly Dictionary<string, Regex> _patterns = [];
    private readonly HashSet<string> _ending = [];

    private SchemaReader(JsonElement root)
    {
        _definitions[Root] = root;
        foreach (var group in Groups.Where(group => root.TryGetProperty(group, out var named) && named.ValueKind == JsonValueKind.Object))
        {
            foreach (var definition in root.GetProperty(group).EnumerateObject())
            {
                _definitions[$"{Root}/{group}/{definition.Name}"] = definition.Value;
            }
        }
    }

    /// <summary>What references name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Definitions => _definitions;

    /// <summary>The expressions of all patterns. They take time in proportion to the text, whatever the pattern.</summary>
    public IReadOnlyDictionary<string, Regex> Patterns => _patterns;

    /// <summary>Reads a schema.</summary>
    /// <exception cref="QuestionException">It says what is not known here, is not well formed, or refers to itself without end.</exception>
    public static SchemaReader Read(JsonElement root)
    {
        var reader = new SchemaReader(root);
        reader.ReadSchema(root, Root);
        foreach (var reference in reader._definitions.Keys)
        {
            reader.CheckEnd(reference, []);
        }

        return reader;
    }

    private void ReadSchema(JsonElement schema, string place)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        Expect(schema.ValueKind == JsonValueKind.Object, place, "a schema: an object, true or false");
        foreach (var keyword in schema.EnumerateObject())
        {
            var within = $"{place}/{keyword.Name}";
            if (Keywords.TryGetValue(keyword.Name, out var read))
            {
                read(this, keyword.Value, within);
            }
            else if (Counts.Contains(keyword.Name))
            {
                Expect(keyword.Value.ValueKind == JsonValueKind.Number && keyword.Value.TryGetInt32(out var count) && count >= 0, within, "a whole number from 0");
            }
            else if (Bounds.Contains(keyword.Name))
            {
                Expect(keyword.Value.ValueKind == JsonValueKind.Number, within, "a number");
            }
            else if (!Annotations.Contains(keyword.Name))
            {
                var known = Keywords.Keys.Concat(Counts).Concat(Bounds).Concat(Annotations);
                throw new QuestionException($"The schema says '{ModelText.OneLine(keyword.Name, 60)}' at {Shown(place)}, which is not known here, so that it could not be checked. Known are {string.Join(", ", known)}.");
            }
        }
    }

    private void ReadEach(JsonElement schemas, string place)
    {
        Expect(schemas.ValueKind == JsonValueKind.Object, place, "an object of schemas by name");
        foreach (var named in schemas.EnumerateObject())
        {
            ReadSchema(named.Value, $"{place}/{named.Name}");
        }
    }

    private void ReadList(JsonElement schemas, string place)
    {
        Expect(schemas.ValueKind == JsonValueKind.Array && schemas.GetArrayLength() > 0, place, "a list of schemas");
        foreach (var (index, schema) in schemas.EnumerateArray().Index())
        {
            ReadSchema(schema, $"{place}/{index}");
        }
    }

    private void ReadReference(JsonElement reference, string place) => Expect(
        reference.ValueKind == JsonValueKind.String && _definitions.ContainsKey(reference.GetString()!), // a string is not null
        place,
        "\"#\", or \"#/$defs/NAME\" of a definition that is there");

    private void ReadPattern(JsonElement pattern, string place)
    {
        Expect(pattern.ValueKind == JsonValueKind.String, place, "a regular expression");
        var text = pattern.GetString()!; // a string is not null
        try
        {
            _patterns[text] = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new QuestionException($"The pattern at {Shown(place)} of the schema cannot be used: {failure.Message} Leave out what looks around or back.", failure);
        }
    }

    /// <summary>A chain of references that never reaches into the value would be followed for ever.</summary>
    private void CheckEnd(string reference, List<string> trail)
    {
        if (trail.Contains(reference) || trail.Count > DeepestReference)
        {
            throw new QuestionException($"The schema refers to itself without end, or more than {DeepestReference} times: {string.Join(" → ", trail.TakeLast(3).Append(reference).Select(Shown))}.");
        }

        if (_ending.Contains(reference))
        {
            return;
        }

        foreach (var next in ReferencesAt(_definitions[reference]))
        {
            CheckEnd(next, [.. trail, reference]);
        }

        _ = _ending.Add(reference);
    }

    /// <summary>What is referred to for the same value: not what its members and items refer to.</summary>
    private static IEnumerable<string> ReferencesAt(JsonElement schema) => schema.ValueKind != JsonValueKind.Object ? [] : schema.EnumerateObject().SelectMany(keyword => keyword.Name switch
    {
        "$ref" => [keyword.Value.GetString()!], // read before: a string
        "allOf" or "anyOf" or "oneOf" => keyword.Value.EnumerateArray().SelectMany(ReferencesAt),
        "not" => ReferencesAt(keyword.Value),
        _ => [],
    });

    private static bool IsType(JsonElement value) => value.ValueKind == JsonValueKind.String && Types.Contains(value.GetString());

    private static void Expect(bool isSo, string place, string expected)
    {
        if (!isSo)
        {
            throw new QuestionException($"The schema is not well formed at {Shown(place)}: that must be {expected}.");
        }
    }

    private static string Shown(string place) => ModelText.OneLine(place, 200);
}
