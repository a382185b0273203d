using System.Text.Json;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Filters;

/// <summary>A filter that was read from a request.</summary>
/// <param name="Condition">What the points must fulfil.</param>
/// <param name="Fields">The payload fields that it looks at.</param>
/// <param name="Conditions">How many conditions it has, those within others included.</param>
internal sealed record PointFilter(PointCondition Condition, IReadOnlyList<string> Fields, int Conditions)
{
    /// <summary>Reads the filter of a request body; without one every point passes.</summary>
    public static PointFilter Of(JsonElement body, StoredCollection collection) => Parse(body.Find("filter"), collection);

    public static PointFilter Parse(JsonElement? filter, StoredCollection collection)
    {
        var parser = new FilterParser(collection);
        var condition = filter is { } given ? parser.ParseFilter(given, "") : (_, _) => true;
        return new PointFilter(condition, parser.Fields, parser.Conditions);
    }

    public bool Passes(StoredPoint point) => Condition(point, point.Payload);

    /// <summary>A filter that both must pass.</summary>
    public PointFilter And(PointFilter other) =>
        new((point, payload) => Condition(point, payload) && other.Condition(point, payload), [.. Fields, .. other.Fields], Conditions + other.Conditions);

    /// <summary>The same without some points.</summary>
    public PointFilter Except(IReadOnlySet<QdrantPointId> ids) =>
        ids.Count == 0 ? this : this with { Condition = (point, payload) => !ids.Contains(point.Id) && Condition(point, payload) };
}
