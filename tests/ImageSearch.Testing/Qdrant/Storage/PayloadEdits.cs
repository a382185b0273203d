using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>Payloads are values; an edit makes a new one.</summary>
internal static class PayloadEdits
{
    public static JsonElement Empty { get; } = JsonElement.Parse("{}");

    public static JsonElement With(this JsonElement payload, Action<JsonObject> edit)
    {
        // A copy of its own: what JsonObject keeps of the old payload would keep the whole request alive.
        var copy = JsonNode.Parse(payload.GetRawText())!.AsObject();
        edit(copy);
        return JsonElement.Parse(copy.ToJsonString());
    }

    /// <summary>Sets the members at the top; the others stay.</summary>
    public static void Merge(JsonObject target, JsonElement members)
    {
        foreach (var member in members.EnumerateObject())
        {
            target[member.Name] = member.Value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(member.Value.GetRawText());
        }
    }
}
