using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Storage;

/// <summary>A path into a payload: <c>a.b</c>, <c>a[].b</c>, <c>a[0]</c>, <c>"a key with a . in it".b</c>.</summary>
internal sealed class PayloadPath
{
    private const string EachItem = "[]";

    // A step is a member's name, an index such as "[0]", or EachItem.
    private readonly List<(string Text, bool IsItem)> _steps = [];

    private PayloadPath(string text)
    {
        Text = text;
        for (var at = 0; at < text.Length;)
        {
            at = text[at] switch
            {
                '.' when _steps.Count > 0 && at + 1 < text.Length => at + 1,
                '"' => Take(at + 1, Close('"', at + 1), 1),
                '[' => TakeItem(at, Close(']', at)),
                '.' => throw Invalid(),
                _ => Take(at, text.AsSpan(at).IndexOfAny('.', '[') is var end and >= 0 ? at + end : text.Length, 0),
            };
        }

        if (_steps.Count == 0)
        {
            throw Invalid();
        }
    }

    public string Text { get; }

    public static PayloadPath Parse(string text) => new(text);

    /// <summary>The values at the path: those of an array one by one.</summary>
    public IEnumerable<JsonElement> Values(JsonElement payload) =>
        Reach(payload).SelectMany(value => value.ValueKind == JsonValueKind.Array && _steps[^1].Text != EachItem ? value.EnumerateArray() : Single(value));

    /// <summary>What stands at the path: an array as a whole.</summary>
    public IEnumerable<JsonElement> Reach(JsonElement payload)
    {
        IEnumerable<JsonElement> reached = [payload];
        foreach (var (text, isItem) in _steps)
        {
            reached = reached.SelectMany(value => isItem ? Items(value, text) : Member(value, text));
        }

        return reached;
    }

    public void Remove(JsonNode payload)
    {
        foreach (var parent in Parents(payload, create: false))
        {
            (parent as JsonObject)?.Remove(_steps[^1].Text);
        }
    }

    /// <summary>Merges members into the object at the path, which is made where it is not there.</summary>
    public void Merge(JsonObject payload, JsonElement members)
    {
        foreach (var parent in Parents(payload, create: true).OfType<JsonObject>())
        {
            if (parent[_steps[^1].Text] is not JsonObject target)
            {
                parent[_steps[^1].Text] = target = [];
            }

            PayloadEdits.Merge(target, members);
        }
    }

    private IEnumerable<JsonNode> Parents(JsonNode payload, bool create)
    {
        IEnumerable<JsonNode> nodes = [payload];
        foreach (var (text, isItem) in _steps.SkipLast(1))
        {
            nodes = [.. nodes.SelectMany(node => isItem ? node is JsonArray array ? array.OfType<JsonNode>() : [] : Child(node, text, create))];
        }

        return nodes;
    }

    private static IEnumerable<JsonNode> Child(JsonNode node, string name, bool create)
    {
        if (node is not JsonObject parent)
        {
            return [];
        }

        if (parent[name] is null && create)
        {
            parent[name] = new JsonObject();
        }

        return parent[name] is { } child ? [child] : [];
    }

    private static IEnumerable<JsonElement> Items(JsonElement value, string step) =>
        value.ValueKind != JsonValueKind.Array ? []
        : step == EachItem ? value.EnumerateArray()
        : value.EnumerateArray().Skip(int.Parse(step[1..^1])).Take(1);

    private static IEnumerable<JsonElement> Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? [member] : [];

    private static IEnumerable<JsonElement> Single(JsonElement value)
    {
        yield return value;
    }

    private int Close(char mark, int from) => Text.IndexOf(mark, from) is var end and >= 0 ? end : throw Invalid();

    private int Take(int start, int end, int closing)
    {
        _steps.Add((Text[start..end], false));
        return end + closing;
    }

    private int TakeItem(int start, int end)
    {
        var step = Text[start..(end + 1)];
        _steps.Add(step == EachItem || uint.TryParse(step[1..^1], out _) ? (step, true) : throw Invalid());
        return end + 1;
    }

    private QdrantRefusal Invalid() => QdrantRefusal.Format($"Invalid json path: '{Text}'");
}
