using System.Text.Json;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Reads a model's body member by member and refuses what the schema does not allow, in the service's words.</summary>
internal static class ModelSchema
{
    public static void CheckMembers(JsonElement body, string path, params string[] known)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw BedrockRefusal.Malformed($"{path}: expected type: JSONObject, found: {body.ValueKind}");
        }

        if (body.EnumerateObject().FirstOrDefault(member => !known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } extraneous)
        {
            throw BedrockRefusal.Malformed($"{path}: extraneous key [{extraneous.Name}] is not permitted");
        }
    }

    /// <summary>A member that must be there.</summary>
    public static JsonElement Required(JsonElement body, string path, string name) =>
        body.TryGetProperty(name, out var value) ? value : throw BedrockRefusal.Malformed($"{path}: required key [{name}] not found");

    /// <summary>A string that must be one of a few.</summary>
    public static string OneOf(JsonElement body, string path, string name, params string[] allowed)
    {
        var value = Required(body, path, name);
        return value.ValueKind == JsonValueKind.String && allowed.Contains(value.GetString())
            ? value.GetString()!
            : throw BedrockRefusal.Malformed($"{path}/{name}: {value} is not a valid enum value");
    }

    /// <summary>A number that must be one of a few; <paramref name="otherwise"/> where it is left out.</summary>
    public static int OneOf(JsonElement body, string path, string name, int otherwise, params int[] allowed)
    {
        if (!body.TryGetProperty(name, out var value))
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && allowed.Contains(number)
            ? number
            : throw BedrockRefusal.Malformed($"{path}/{name}: {value} is not a valid enum value");
    }

    /// <summary>A text of a length between 1 and <paramref name="maxLength"/>.</summary>
    public static string Text(JsonElement value, string path, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw BedrockRefusal.Malformed($"{path}: expected type: String, found: {value.ValueKind}");
        }

        var text = value.GetString()!;
        return text.Length == 0 ? throw BedrockRefusal.Malformed($"{path}: expected minLength: 1, actual: 0")
            : text.Length > maxLength ? throw BedrockRefusal.Malformed($"{path}: expected maxLength: {maxLength}, actual: {text.Length}")
            : text;
    }
}
