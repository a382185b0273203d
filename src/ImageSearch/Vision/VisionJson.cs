using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ImageSearch.Vision;

/// <summary>A verdict as a model writes it.</summary>
internal sealed record VerdictAnswer(string? Label, string? Verdict, double? Grade, string? Reason);

/// <summary>A description as a model writes it.</summary>
internal sealed record CaptionAnswer(string? Caption, IReadOnlyList<string?>? Tags, string? VisibleText);

/// <summary>The JSON of what models are asked and answer, and of what is kept of it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(VerdictAnswer))]
[JsonSerializable(typeof(JudgeVerdict))]
[JsonSerializable(typeof(CaptionAnswer))]
[JsonSerializable(typeof(PictureCaption))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(TranslationAnswer))]
internal sealed partial class VisionJson : JsonSerializerContext;
