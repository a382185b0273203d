using ImageSearch.Answers;
using ImageSearch.Server.Events;
using ImageSearch.Server.Vision;

namespace ImageSearch.Server.Questions;

/// <summary>Questions about pictures over HTTP.</summary>
internal static class QuestionEndpoints
{
    private const string Events = "Server-sent events: 'text' for each piece, and last 'end'; or 'failed' where the model fails after it began, so that what came does not count.";

    /// <summary>Adds what answers questions.</summary>
    public static IServiceCollection AddQuestions(this IServiceCollection services) => services.AddSingleton<QuestionParts>().AddSingleton<QuestionAnswers>();

    /// <summary>Asks, compares, reads.</summary>
    public static void MapQuestions(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Questions");
        routes.MapPost("/ask", (QuestionAnswers answers, AskBody body, CancellationToken cancellationToken) => new EventAnswer(answers.AskAsync(body, cancellationToken)))
            .Takes().AsksModel().AnswersEvents()
            .WithName("ask").WithSummary($"Asks a model something about pictures. {Events}");
        routes.MapPost("/compare", (QuestionAnswers answers, CompareBody body, CancellationToken cancellationToken) => new EventAnswer(answers.CompareAsync(body, cancellationToken)))
            .Takes().AsksModel().AnswersEvents()
            .WithName("compare").WithSummary($"Has a model say what differs between pictures. {Events}");
        routes.MapPost("/extract", (QuestionAnswers answers, ExtractBody body, CancellationToken cancellationToken) => answers.ExtractAsync(body, cancellationToken))
            .Takes().AsksModel().Produces<JsonExtraction>()
            .WithName("extract").WithSummary("Has a model read a value out of pictures by a JSON schema, and says where it does not fit.");
    }
}
