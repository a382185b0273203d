using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Answers;
using ImageSearch.Server.Events;
using ImageSearch.Server.Health;
using ImageSearch.Server.Libraries;
using ImageSearch.Server.Pictures;
using ImageSearch.Server.Questions;
using ImageSearch.Server.Safety;
using ImageSearch.Server.Search;
using ImageSearch.Server.Vision;
using Microsoft.AspNetCore.Mvc;

namespace ImageSearch.Server;

/// <summary>Generated code for everything that is sent and received as JSON: names in camel case, nothing for what is not known.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(SearchBody))]
[JsonSerializable(typeof(FacetsAnswer))]
[JsonSerializable(typeof(SuggestionsAnswer))]
[JsonSerializable(typeof(LibrariesAnswer))]
[JsonSerializable(typeof(FailuresAnswer))]
[JsonSerializable(typeof(CollectionsAnswer))]
[JsonSerializable(typeof(CollectionNews))]
[JsonSerializable(typeof(JsonPicture))]
[JsonSerializable(typeof(AskBody))]
[JsonSerializable(typeof(CompareBody))]
[JsonSerializable(typeof(ExtractBody))]
[JsonSerializable(typeof(JsonAnswerPiece))]
[JsonSerializable(typeof(JsonAnswerEnd))]
[JsonSerializable(typeof(JsonExtraction))]
[JsonSerializable(typeof(UploadedPicture))]
[JsonSerializable(typeof(PictureAddress))]
[JsonSerializable(typeof(SessionKey))]
[JsonSerializable(typeof(SessionState))]
[JsonSerializable(typeof(JudgeBody))]
[JsonSerializable(typeof(JsonVerdictStep))]
[JsonSerializable(typeof(JsonOrderStep))]
[JsonSerializable(typeof(CaptionBody))]
[JsonSerializable(typeof(CaptionEvents.Estimate))]
[JsonSerializable(typeof(CaptionEvents.Described))]
[JsonSerializable(typeof(CaptionEvents.Refused))]
[JsonSerializable(typeof(CaptionEvents.End))]
[JsonSerializable(typeof(EventFailure))]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class ServerJson : JsonSerializerContext
{
    /// <summary>Makes the generated code that of the options.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
    }
}
