using ImageSearch.Collections;
using ImageSearch.Searching;
using ImageSearch.Server.Settings;
using ImageSearch.Server.Vision;

namespace ImageSearch.Server.Search;

/// <summary>Plans the queries of searches.</summary>
internal sealed class SearchPlans(ImageSearchHome home, ServerOptions options, VisionPermission permission)
{
    /// <summary>The plan of a query: that of the cursor, that which is asked for, or the one of the settings.</summary>
    /// <exception cref="BadHttpRequestException">There is no such plan, or this server asks no model and one is asked for.</exception>
    public Task<PlannedQuery> PlanAsync(AskedPage asked, IImageCollection collection, CancellationToken cancellationToken)
    {
        var planner = home.PlannerOf(collection);
        var request = asked.Cursor?.Plan ?? Request(asked.Body, planner.Today);
        if (request.AsksModel)
        {
            permission.Check();
        }

        return planner.PlanAsync(asked.Typed, request, cancellationToken);
    }

    private PlanRequest Request(SearchBody asked, DateOnly today) => new(
        asked.Plan switch
        {
            "off" => QueryPlanning.Off,
            "rules" => QueryPlanning.Rules,
            "model" => QueryPlanning.Model,
            null => options.Search.Plan == QueryPlanning.Model && !options.Vision ? QueryPlanning.Rules : options.Search.Plan,
            _ => throw new BadHttpRequestException("There is no such plan. 'plan' is off, rules or model."),
        },
        today)
    {
        Translates = asked.Translate ?? (options.Vision && options.Search.Translate && asked.Plan != "off"),
    };
}
