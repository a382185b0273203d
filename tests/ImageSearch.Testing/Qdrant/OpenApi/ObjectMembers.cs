using System.Text.Json;

namespace ImageSearch.Testing.Qdrant.OpenApi;

/// <summary>What a schema says of an object's members.</summary>
internal sealed class ObjectMembers
{
    private readonly Dictionary<string, JsonSchema> _members;
    private readonly List<string> _required;
    private readonly JsonSchema? _others;
    private readonly bool _forbidsOthers;

    public ObjectMembers(JsonElement schema, IReadOnlyDictionary<string, JsonSchema> definitions)
    {
        _members = schema.TryGetProperty("properties", out var members)
            ? members.EnumerateObject().ToDictionary(member => member.Name, member => new JsonSchema(member.Value, definitions))
            : [];
        _required = schema.TryGetProperty("required", out var required) ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [];
        var hasOthers = schema.TryGetProperty("additionalProperties", out var others);
        _others = hasOthers && others.ValueKind == JsonValueKind.Object ? new JsonSchema(others, definitions) : null;
        _forbidsOthers = hasOthers ? others.ValueKind == JsonValueKind.False : _members.Count > 0;
    }

    public IEnumerable<string> Check(JsonElement value, string path)
    {
        foreach (var missing in _required.Where(name => !value.TryGetProperty(name, out _)))
        {
            yield return $"{path}.{missing}: is missing";
        }

        foreach (var member in value.EnumerateObject())
        {
            if ((_members.GetValueOrDefault(member.Name) ?? _others) is { } schema)
            {
                foreach (var problem in schema.Check(member.Value, $"{path}.{member.Name}"))
                {
                    yield return problem;
                }
            }
            else if (_forbidsOthers)
            {
                yield return $"{path}.{member.Name}: no such member";
            }
        }
    }
}
