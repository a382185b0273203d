using System.Text.Json.Serialization;
using ImageSearch.Answers;

namespace ImageSearch.Cli.Questions;

/// <summary>Generated code that writes answers as JSON: names in camel case, nothing for what is not known.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(JsonAnswer))]
[JsonSerializable(typeof(JsonAnswerPiece))]
[JsonSerializable(typeof(JsonAnswerEnd))]
[JsonSerializable(typeof(JsonExtraction))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext;
