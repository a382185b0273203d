using System.Text.Json;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant.Filters;

/// <summary>Reads filters; it is the one place where the server refuses a member that it does not know.</summary>
internal sealed class FilterParser(StoredCollection collection)
{
    private readonly List<string> _fields = [];

    public IReadOnlyList<string> Fields => _fields;

    public int Conditions { get; private set; }

    /// <param name="filter">The filter.</param>
    /// <param name="prefix">The path of the element that the filter looks at, with <c>[].</c> at its end, or empty for the whole payload.</param>
    public PointCondition ParseFilter(JsonElement filter, string prefix)
    {
        List<PointCondition> all = [];
        foreach (var clause in filter.AsObject().EnumerateObject().Where(clause => clause.Value.ValueKind != JsonValueKind.Null))
        {
            switch (clause.Name)
            {
                case "must":
                    all.AddRange(ParseMany(clause.Value, prefix));
                    break;
                case "must_not":
                    all.AddRange(ParseMany(clause.Value, prefix).Select(Not));
                    break;
                case "should" when ParseMany(clause.Value, prefix) is { Count: > 0 } some:
                    all.Add((point, payload) => some.Exists(condition => condition(point, payload)));
                    break;
                case "should":
                    break;
                case "min_should":
                    all.Add(ParseMinShould(clause.Value, prefix));
                    break;
                default:
                    throw QdrantRefusal.Format($"unknown field `{clause.Name}`, expected one of `should`, `min_should`, `must`, `must_not`");
            }
        }

        return (point, payload) => all.TrueForAll(condition => condition(point, payload));
    }

    private PointCondition ParseMinShould(JsonElement element, string prefix)
    {
        var conditions = ParseMany(element.Need("conditions"), prefix);
        var least = element.Count("min_count", fallback: 1, minimum: 1);
        return (point, payload) => conditions.Count(condition => condition(point, payload)) >= least;
    }

    private List<PointCondition> ParseMany(JsonElement element, string prefix) =>
        [.. element.AsOneOrMany().Select(condition => ParseCondition(condition, prefix))];

    private PointCondition ParseCondition(JsonElement element, string prefix)
    {
        Conditions++;
        if (element.Find("key") is { } key)
        {
            var field = key.AsText();
            _fields.Add(prefix + field);
            return FieldCondition.Parse(element, PayloadPath.Parse(field), collection.Indexes.GetValueOrDefault(prefix + field), collection.Settings.Version);
        }

        if (element.Find("is_empty") is { } empty)
        {
            return FieldCondition.IsEmpty(Field(empty, prefix));
        }

        if (element.Find("is_null") is { } isNull)
        {
            return FieldCondition.IsNull(Field(isNull, prefix));
        }

        if (element.Find("has_id") is { } ids)
        {
            var wanted = ids.AsList().Select(QdrantPointId.Parse).ToHashSet();
            return (point, _) => wanted.Contains(point.Id);
        }

        if (element.Find("has_vector") is { } vector)
        {
            var name = vector.AsText();
            return (point, _) => point.Vectors.ContainsKey(name);
        }

        return element.Find("nested") is { } nested ? ParseNested(nested, prefix)
            : element.Find("slice") is not null ? throw QdrantRefusal.Unknown("the condition `slice`")
            : IsFilter(element) ? ParseFilter(element, prefix)
            : throw QdrantRefusal.Format("data did not match any variant of untagged enum Condition");
    }

    private PointCondition ParseNested(JsonElement nested, string prefix)
    {
        var key = nested.Need("key").AsText();
        var path = PayloadPath.Parse(key);
        var inner = ParseFilter(nested.Need("filter"), $"{prefix}{key.Replace("[]", "", StringComparison.Ordinal)}[].");
        return (point, payload) => path.Values(payload).Any(element => inner(point, element));
    }

    private PayloadPath Field(JsonElement condition, string prefix)
    {
        var field = condition.Need("key").AsText();
        _fields.Add(prefix + field);
        return PayloadPath.Parse(field);
    }

    private static bool IsFilter(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.EnumerateObject().Any()
        && element.EnumerateObject().All(member => member.Name is "must" or "should" or "must_not" or "min_should");

    private static PointCondition Not(PointCondition condition) => (point, payload) => !condition(point, payload);
}
