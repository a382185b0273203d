using ImageSearch.Server.Safety;

namespace ImageSearch.Server.Vision;

/// <summary>What endpoints that ask a model have in common.</summary>
internal static class ModelEndpoints
{
    /// <summary>
    /// It asks a model: it is refused where this server asks none, has no deadline but the model's own, and counts among the questions to
    /// models when there is too much to do.
    /// </summary>
    public static RouteHandlerBuilder AsksModel(this RouteHandlerBuilder endpoint) => endpoint.WaitsForModel().AddEndpointFilter((context, next) =>
    {
        context.HttpContext.RequestServices.GetRequiredService<VisionPermission>().Check();
        return next(context);
    });

    /// <summary>It answers in server-sent events.</summary>
    public static RouteHandlerBuilder AnswersEvents(this RouteHandlerBuilder endpoint) => endpoint.Produces<string>(contentType: "text/event-stream");
}
