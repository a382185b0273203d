using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImageSearch.Vision.Schemas;

/// <summary>
/// A JSON schema that a model is asked to keep to, and that its answer is checked against: the part of draft 2020-12 that <see cref="SchemaReader"/>
/// knows. A schema with anything else is refused, so that what was checked is all that it says.
/// </summary>
/// <seealso href="https://json-schema.org/draft/2020-12/json-schema-validation"/>
internal sealed class JsonSchema
{
    private const int LongestText = 50_000;

    private static readonly string[] NotAtTheTop = ["$ref", "anyOf", "oneOf", "allOf"];

    private readonly IReadOnlyDictionary<string, JsonElement> _definitions;
    private readonly IReadOnlyDictionary<string, Regex> _patterns;

    private JsonSchema(JsonElement root, SchemaReader reader) => (Root, _definitions, _patterns) = (root, reader.Definitions, reader.Patterns);

    /// <summary>The schema as it was given.</summary>
    public JsonElement Root { get; }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="QuestionException">It is none, none that models take, or says what is not known here.</exception>
    public static JsonSchema Parse(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > LongestText)
        {
            throw new QuestionException($"The schema is longer than {LongestText} bytes. Give a shorter one.");
        }

        var root = Element(text);
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("object")
            || NotAtTheTop.Any(name => root.TryGetProperty(name, out _)))
        {
            throw new QuestionException(
                "The schema is not that of an object. Models take schemas whose top level says \"type\": \"object\" and has its properties there, not behind $ref, anyOf, oneOf or allOf: put a list or a single value into a property of an object.");
        }

        return new JsonSchema(root, SchemaReader.Read(root));
    }

    /// <summary>Where a value is not as the schema says; empty where it is.</summary>
    public IReadOnlyList<SchemaFailure> Check(JsonElement value) => SchemaCheck.Of(this, value);

    /// <summary>The schema that a reference names.</summary>
    public JsonElement Resolve(string reference) => _definitions[reference];

    /// <summary>The expression of a pattern.</summary>
    public Regex Pattern(string pattern) => _patterns[pattern];

    private static JsonElement Element(string text)
    {
        try
        {
            return JsonElement.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException failure)
        {
            throw new QuestionException($"The schema is not JSON: {failure.Message}", failure);
        }
    }
}
