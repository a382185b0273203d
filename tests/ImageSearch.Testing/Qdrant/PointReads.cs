using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Testing.Qdrant.Filters;
using ImageSearch.Testing.Qdrant.Queries;
using ImageSearch.Testing.Qdrant.Storage;

namespace ImageSearch.Testing.Qdrant;

/// <summary>Everything that reads points.</summary>
internal sealed class PointReads(QdrantStorage storage)
{
    private const int DefaultLimit = 10;

    private static readonly PointView Whole = PointView.OfRecords(JsonElement.Parse("""{"with_vector":true}"""));

    public JsonNode Get(QdrantRequest request) => Whole.Record(storage.Find(request.Collection).Point(QdrantPointId.Parse(request.Values["id"])));

    public JsonNode Retrieve(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        var view = PointView.OfRecords(request.Body);
        var ids = request.Body.Need("ids").AsList().Select(QdrantPointId.Parse).Distinct();
        var points = ids.Select(id => collection.Points.GetValueOrDefault(id)).OfType<StoredPoint>();
        return new JsonArray([.. points.Select(point => view.Record(point))]);
    }

    public JsonNode Scroll(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        var limit = request.Body.Count("limit", DefaultLimit, minimum: 1);
        new StrictMode(collection).CheckRead(request, request.Body, limit);
        var view = PointView.OfRecords(request.Body);
        var points = collection.Points.Values.Where(PointFilter.Of(request.Body, collection).Passes);
        if (request.Body.Find("order_by") is { } orderBy)
        {
            return request.Body.Find("offset") is null
                ? Page(PayloadOrder.Order(collection, orderBy, points).Take(limit).Select(hit => view.Record(hit.Point, hit.OrderValue)), next: null)
                : throw QdrantRefusal.BadRequest(
                    "Cannot use an `offset` when using `order_by`. The alternative for paging is to use `order_by.start_from` "
                    + "and a filter to exclude the IDs that you've already seen for the `order_by.start_from` value");
        }

        var offset = request.Body.Find("offset") is { } given ? QdrantPointId.Parse(given) : default(QdrantPointId?);
        var found = points.Where(point => offset is null || point.Id.CompareTo(offset.Value) >= 0).Take(limit == int.MaxValue ? limit : limit + 1).ToList();
        return Page(found.Take(limit).Select(point => view.Record(point)), found.Count > limit ? found[limit].Id : null);
    }

    public JsonNode Count(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        new StrictMode(collection).CheckRead(request, request.Body, limit: 0);
        return new JsonObject { ["count"] = collection.Points.Values.Count(PointFilter.Of(request.Body, collection).Passes) };
    }

    public JsonNode Facet(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        new StrictMode(collection).CheckRead(request, request.Body, request.Body.Count("limit", DefaultLimit, minimum: 1));
        return FacetCounts.Make(collection, request.Body);
    }

    public JsonNode Query(QdrantRequest request) => Query(request, request.Body);

    public JsonNode QueryBatch(QdrantRequest request)
    {
        var searches = request.Body.Need("searches").AsList().ToList();
        new StrictMode(storage.Find(request.Collection)).CheckBatch(searches.Count);
        return new JsonArray([.. searches.Select(search => Query(request, search))]);
    }

    public JsonNode QueryGroups(QdrantRequest request)
    {
        var collection = storage.Find(request.Collection);
        var limit = (long)request.Body.Count("limit", DefaultLimit, minimum: 1) * request.Body.Count("group_size", fallback: 3, minimum: 1);
        new StrictMode(collection).CheckRead(request, request.Body, (int)Math.Min(limit, int.MaxValue));
        return PointGroups.Make(new QueryEngine(collection, storage.Find).Run(request.Body, null, int.MaxValue), request.Body, FindForLookup);
    }

    private JsonObject Query(QdrantRequest request, JsonElement body)
    {
        var collection = storage.Find(request.Collection);
        var limit = body.Count("limit", DefaultLimit, minimum: 1);
        var offset = body.Count("offset", fallback: 0, minimum: 0);
        new StrictMode(collection).CheckRead(request, body, limit);
        var view = PointView.OfQuery(body);
        var hits = new QueryEngine(collection, storage.Find).Run(body, null, (int)Math.Min((long)limit + offset, int.MaxValue));
        return new JsonObject { ["points"] = new JsonArray([.. hits.Skip(offset).Select(view.Scored)]) };
    }

    private StoredCollection FindForLookup(string name) =>
        storage.Collections.ContainsKey(storage.Aliases.GetValueOrDefault(name, name))
            ? storage.Find(name)
            : throw QdrantRefusal.NotFound($"Collection {name} not found");

    private static JsonObject Page(IEnumerable<JsonObject> records, QdrantPointId? next) =>
        new() { ["points"] = new JsonArray([.. records]), ["next_page_offset"] = next?.ToNode() };
}
