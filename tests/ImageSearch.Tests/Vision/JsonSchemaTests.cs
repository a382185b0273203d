using System.Text.Json;
using ImageSearch.Vision;
using ImageSearch.Vision.Schemas;
using Xunit;

namespace ImageSearch.Tests.Vision;

public sealed class JsonSchemaTests
{
    private const string Fits = "";

    [Theory]
    [InlineData("""{"type":"string"}""", "1", "/v is integer, and must be string")]
    [InlineData("""{"type":["string","null"]}""", "null", Fits)]
    [InlineData("""{"type":["string","null"]}""", "[]", "/v is array, and must be string or null")]
    [InlineData("""{"type":"integer"}""", "2.0", Fits)]
    [InlineData("""{"type":"integer"}""", "2.5", "/v is number, and must be integer")]
    [InlineData("""{"type":"number"}""", "2", Fits)]
    [InlineData("""{"enum":["a",1,null]}""", "1.0", Fits)]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"", """/v is "c", and must be one of ["a","b"]""")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1]}""", Fits)]
    [InlineData("""{"const":"x"}""", "\"y\"", """/v is "y", and must be "x" """)]
    [InlineData("""{"minimum":0,"maximum":10}""", "10", Fits)]
    [InlineData("""{"minimum":0}""", "-0.1", "/v is -0.1, and must be at least 0")]
    [InlineData("""{"maximum":10}""", "1e400", "/v is 1e400, and may be at most 10")]
    [InlineData("""{"exclusiveMinimum":0}""", "0", "/v is 0, and must be above 0")]
    [InlineData("""{"exclusiveMaximum":1}""", "1.0", "/v is 1.0, and must be below 1")]
    [InlineData("""{"multipleOf":0.01}""", "19.99", Fits)]
    [InlineData("""{"multipleOf":0.01}""", "19.999", "/v is 19.999, and must be a multiple of 0.01")]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"😀😀\"", Fits)]
    [InlineData("""{"minLength":2}""", "\"😀\"", """/v is "😀", and must have at least 2 characters""")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", """/v is "ab", and may have at most 1 characters""")]
    [InlineData("""{"pattern":"^[A-Z]{2}\\d+$"}""", "\"AB12\"", Fits)]
    [InlineData("""{"pattern":"^\\d+$"}""", "\"1a\"", """/v is "1a", and must match "^\\d+$" """)]
    [InlineData("""{"minItems":1,"items":{"type":"string"}}""", "[]", "/v has 0 items, and must have at least 1")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",2]""", "/v/1 is integer, and must be string")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "/v has 2 items, and may have at most 1")]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1},{"a":1.0}]""", "/v has the same item twice")]
    [InlineData("""{"required":["a/b~c"]}""", "{}", "/v/a~1b~0c is missing")]
    [InlineData("""{"properties":{"a":{"type":"null"}},"additionalProperties":{"type":"string"}}""", """{"a":null,"b":1}""", "/v/b is integer, and must be string")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "/v/a must not be there")]
    [InlineData("""{"minProperties":1}""", "{}", "/v has 0 members, and must have at least 1")]
    [InlineData("""{"maxProperties":0}""", """{"a":1}""", "/v has 1 members, and may have at most 0")]
    [InlineData("""{"allOf":[{"type":"string"},{"minLength":3}]}""", "\"ab\"", """/v is "ab", and must have at least 3 characters""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "/v fits none of the 2 alternatives")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":0}]}""", "1", "/v must fit exactly one of the 2 alternatives")]
    [InlineData("""{"not":{"const":0}}""", "0", "/v is what it must not be")]
    [InlineData("""{"$ref":"#/$defs/Money"}""", "-1", "/v is -1, and must be at least 0")]
    [InlineData("""{"type":"string","minLength":3,"format":"date","title":"t","default":1}""", "\"x\"", """/v is "x", and must have at least 3 characters""")]
    [InlineData("true", "1", Fits)]
    public void A_value_is_checked_by_every_keyword(string property, string value, string expected)
    {
        var schema = JsonSchema.Parse("""{"type":"object","$defs":{"Money":{"type":"number","minimum":0}},"properties":{"v":""" + property + "}}");

        var failures = schema.Check(JsonElement.Parse($$"""{"v":{{value}}}"""));

        Assert.Equal(expected.Trim(), string.Join("; ", failures.Select(failure => $"{failure.Path} {failure.Message}")));
    }

    [Fact]
    public void A_schema_that_refers_to_itself_checks_values_as_deep_as_they_are()
    {
        var schema = JsonSchema.Parse("""{"type":"object","properties":{"name":{"type":"string"},"parts":{"type":"array","items":{"$ref":"#"}}},"required":["name"]}""");

        var failures = schema.Check(JsonElement.Parse("""{"name":"a","parts":[{"name":"b","parts":[{"parts":[]}]}]}"""));

        Assert.Equal([new SchemaFailure("/parts/0/parts/0/name", "is missing")], failures);
    }

    [Theory]
    [InlineData("{", "The schema is not JSON")]
    [InlineData("""{"type":"object","type":"object"}""", "The schema is not JSON")]
    [InlineData("[]", "not that of an object")]
    [InlineData("true", "not that of an object")]
    [InlineData("{}", "not that of an object")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "put a list or a single value into a property of an object")]
    [InlineData("""{"type":["object"]}""", "not that of an object")]
    [InlineData("""{"type":"object","anyOf":[{}]}""", "not behind $ref, anyOf, oneOf or allOf")]
    [InlineData("""{"type":"object","patternProperties":{}}""", "says 'patternProperties' at #, which is not known here, so that it could not be checked. Known are type, enum,")]
    [InlineData("""{"type":"object","properties":{"a":{"nullable":true}}}""", "says 'nullable' at #/properties/a")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"text"}}}""", "at #/properties/a/type: that must be one of object, array, string")]
    [InlineData("""{"type":"object","properties":{"a":1}}""", "at #/properties/a: that must be a schema")]
    [InlineData("""{"type":"object","properties":{"a":{"minLength":-1}}}""", "that must be a whole number from 0")]
    [InlineData("""{"type":"object","properties":{"a":{"minimum":"1"}}}""", "that must be a number")]
    [InlineData("""{"type":"object","properties":{"a":{"multipleOf":0}}}""", "that must be a number above 0")]
    [InlineData("""{"type":"object","properties":{"a":{"enum":[]}}}""", "that must be a list of values")]
    [InlineData("""{"type":"object","properties":{"a":{"items":[{}]}}}""", "that must be a schema")]
    [InlineData("""{"type":"object","required":"a"}""", "that must be a list of names")]
    [InlineData("""{"type":"object","properties":{"a":{"pattern":"("}}}""", "The pattern at #/properties/a/pattern of the schema cannot be used")]
    [InlineData("""{"type":"object","properties":{"a":{"pattern":"(?=a)b"}}}""", "Leave out what looks around or back")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/B"}}}""", "\"#/$defs/NAME\" of a definition that is there")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"https://example.org/schema"}}}""", "\"#/$defs/NAME\" of a definition that is there")]
    [InlineData("""{"type":"object","$defs":{"A":{"$ref":"#/$defs/B"},"B":{"anyOf":[{"$ref":"#/$defs/A"}]}}}""", "refers to itself without end")]
    public void A_schema_that_cannot_be_kept_to_is_refused_with_the_cure(string schema, string problem)
    {
        var failure = Assert.Throws<QuestionException>(() => JsonSchema.Parse(schema));

        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_branches_without_measure_ends_in_a_failure()
    {
        var definitions = string.Join(',', Enumerable.Range(0, 60).Select(n => $$"""
            "D{{n}}":{"allOf":[{"$ref":"#/$defs/D{{n + 1}}"},{"$ref":"#/$defs/D{{n + 1}}"}]}
            """));
        var schema = JsonSchema.Parse("""{"type":"object","properties":{"a":{"$ref":"#/$defs/D0"}},"$defs":{"D60":{},""" + definitions + "}}");

        var failure = Assert.Single(schema.Check(JsonElement.Parse("""{"a":1}""")));

        Assert.Contains("could not be checked to its end", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_schema_and_a_long_list_of_failures_are_bounded()
    {
        var schema = JsonSchema.Parse("""{"type":"object","properties":{"a":{"items":{"type":"string"}}}}""");

        Assert.Equal(100, schema.Check(JsonElement.Parse($$"""{"a":[{{string.Join(',', Enumerable.Range(0, 500))}}]}""")).Count);
        Assert.Throws<QuestionException>(() => JsonSchema.Parse($$"""{"type":"object","title":"{{new string('x', 60_000)}}"}"""));
    }
}
