using System.Text.Json.Serialization;
using ImageSearch.Answers;

namespace ImageSearch.Cli.Output.Hits;

/// <summary>Generated code that writes hits as JSON: names in camel case, nothing for what is not known.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(JsonPage))]
[JsonSerializable(typeof(JsonHit))]
[JsonSerializable(typeof(JsonVerdictStep))]
[JsonSerializable(typeof(JsonOrderStep))]
internal sealed partial class HitJsonContext : JsonSerializerContext;
