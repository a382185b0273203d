using ImageSearch.Server.Events;
using ImageSearch.Server.Safety;

namespace ImageSearch.Server.Vision;

/// <summary>What a model does with hits and pictures, over HTTP.</summary>
internal static class VisionEndpoints
{
    /// <summary>Judging and describing.</summary>
    public static void MapVision(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Vision");
        routes.MapPost("/judge", (JudgedPages pages, JudgeBody body) => new EventAnswer(pages.AnswerAsync(body))).Takes().AsksModel().AnswersEvents()
            .WithName("judge").WithSummary("Searches, and then has a model look at the best hits. Server-sent events: 'page' as /api/search answers it, 'verdict' as they come, 'order' at the end.");
        routes.MapPost("/captions", (CaptionRuns runs, CaptionBody body) => new EventAnswer(runs.DescribeAsync(body))).Takes().AsksModel().AnswersEvents().NeedsWrite()
            .WithName("captions").WithSummary("Has a model describe pictures. Server-sent events: 'estimate', 'caption' or 'failed' for each picture, 'end'.");
    }
}
