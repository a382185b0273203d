using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Qdrant.Filters;

/// <summary>The forms of <c>match</c>.</summary>
internal static class ValueMatch
{
    public static Func<JsonElement, bool> Parse(JsonElement match, JsonObject? index, ServerVersion version)
    {
        if (match.Find("value") is { } wanted)
        {
            return Scalar(wanted) is { } scalar ? value => scalar.Equals(Scalar(value)) : throw NoVariant("ValueVariants");
        }

        if (match.Find("any") is { } any)
        {
            var list = Scalars(any);
            return value => Scalar(value) is { } scalar && list.Contains(scalar);
        }

        if (match.Find("except") is { } except)
        {
            var list = Scalars(except);
            return value => value.ValueKind != JsonValueKind.Null && !(Scalar(value) is { } scalar && list.Contains(scalar));
        }

        if (match.Find("prefix") is { } prefix && version.Knows(Feature.Memory))
        {
            return Texts(prefix.AsText(), (value, start) => value.StartsWith(start, StringComparison.Ordinal));
        }

        var words = TextTokens.Of(index);
        return match.Find("text") is { } text ? Texts(text.AsText(), words.HasAll)
            : match.Find("text_any") is { } some ? Texts(some.AsText(), words.HasAny)
            : match.Find("phrase") is { } phrase ? Texts(phrase.AsText(), words.HasPhrase)
            : throw NoVariant("Match");
    }

    private static Func<JsonElement, bool> Texts(string wanted, Func<string, string, bool> matches) =>
        value => value.ValueKind == JsonValueKind.String && matches(value.GetString()!, wanted);

    private static HashSet<object> Scalars(JsonElement list)
    {
        var items = list.AsList().ToList();
        var scalars = items.Where(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(Scalar).OfType<object>().ToList();
        // Texts or whole numbers, never both.
        return scalars.Count < items.Count || scalars.Select(scalar => scalar.GetType()).Distinct().Count() > 1
            ? throw NoVariant("AnyVariants")
            : [.. scalars];
    }

    /// <summary>A text, a whole number or a flag in a form in which equal ones are equal.</summary>
    private static object? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static QdrantRefusal NoVariant(string type) => QdrantRefusal.Format($"data did not match any variant of untagged enum {type}");
}
