using ImageSearch.Testing.Qdrant;
using ImageSearch.Testing.Qdrant.OpenApi;
using Xunit;

namespace ImageSearch.Tests.Qdrant;

/// <summary>Every operation of the stand-in is held to Qdrant's documents, by requests that are right by them.</summary>
public sealed class FakeQdrantShapeTests
{
    private const string Prefetch = """[{"query":[1,0],"using":"image","limit":5},{"query":{"indices":[3],"values":[1]},"using":"words"}]""";

    // In the order in which they make sense.
    private static readonly (string Method, string Path, string? Body)[] Calls =
    [
        ("GET", "", null),
        ("GET", "healthz", null),
        ("GET", "livez", null),
        ("GET", "readyz", null),
        ("GET", "metrics", null),
        ("GET", "telemetry?details_level=1", null),
        ("GET", "cluster", null),
        ("PUT", "collections/c?timeout=5", """{"vectors":{"image":{"size":2,"distance":"Cosine"}},"sparse_vectors":{"words":{"modifier":"idf"}},"quantization_config":{"turbo":{"bits":"bits4"}},"optimizers_config":{"max_optimization_threads":"auto"},"strict_mode_config":{"enabled":true,"max_query_limit":100},"metadata":{"model":"m"}}"""),
        ("PUT", "collections/c/index?wait=true", """{"field_name":"tag","field_schema":{"type":"keyword","is_tenant":false}}"""),
        ("PUT", "collections/c/index?wait=true", """{"field_name":"n","field_schema":"integer"}"""),
        ("PUT", "collections/c/points?wait=true&ordering=weak", """{"points":[{"id":1,"vector":{"image":[1,0],"words":{"indices":[3],"values":[1]}},"payload":{"tag":["a"],"n":1}},{"id":"5c56c793-69f3-4fbf-87e6-c4bf54c28c26","vector":{"image":[0,1]},"payload":{"tag":"b","n":2}}],"update_mode":"upsert"}"""),
        ("PATCH", "collections/c", """{"hnsw_config":{"m":8},"optimizers_config":{"indexing_threshold":100},"params":{"replication_factor":2},"vectors":{"image":{"on_disk":true}},"metadata":{"more":1}}"""),
        ("GET", "collections/c", null),
        ("GET", "collections", null),
        ("GET", "collections/c/exists", null),
        ("GET", "collections/c/cluster", null),
        ("GET", "collections/c/optimizations?with=queued", null),
        ("POST", "collections/aliases", """{"actions":[{"create_alias":{"alias_name":"a","collection_name":"c"}}]}"""),
        ("GET", "aliases", null),
        ("GET", "collections/c/aliases", null),
        ("GET", "collections/a/points/1", null),
        ("POST", "collections/a/points", """{"ids":[1],"with_payload":{"include":["tag"]},"with_vector":true}"""),
        ("POST", "collections/c/points/payload", """{"payload":{"x":1},"points":[1],"key":"deep"}"""),
        ("PUT", "collections/c/points/payload", """{"payload":{"tag":"c","n":3},"filter":{"must":[{"key":"tag","match":{"value":"a"}}]}}"""),
        ("POST", "collections/c/points/payload/delete", """{"keys":["x"],"points":[1]}"""),
        ("PUT", "collections/c/points/vectors", """{"points":[{"id":1,"vector":{"image":[0.5,0.5]}}]}"""),
        ("POST", "collections/c/points/scroll?consistency=all", """{"limit":1,"order_by":{"key":"n","direction":"desc"}}"""),
        ("POST", "collections/c/points/scroll", """{"limit":1,"with_vector":["image"]}"""),
        ("POST", "collections/c/points/count", """{"exact":true}"""),
        ("POST", "collections/c/facet", """{"key":"tag","limit":3}"""),
        ("POST", "collections/c/points/query", """{"query":[1,0],"using":"image","with_payload":true,"with_vector":true,"score_threshold":-1}"""),
        ("POST", "collections/c/points/query", """{"query":{"order_by":"n"}}"""),
        ("POST", "collections/c/points/query", $$$"""{"prefetch":{{{Prefetch}}},"query":{"fusion":"rrf"},"limit":5}"""),
        ("POST", "collections/c/points/query/batch", """{"searches":[{"query":{"recommend":{"positive":[1],"strategy":"best_score"}},"using":"image"},{"query":{"sample":"random"}}]}"""),
        ("POST", "collections/c/points/query/groups", """{"query":[1,0],"using":"image","group_by":"tag","with_lookup":"c"}"""),
        ("POST", "collections/c/snapshots", null),
        ("GET", "collections/c/snapshots", null),
        ("POST", "collections/c/points/batch", """{"operations":[{"clear_payload":{"points":[1]}}]}"""),
        ("POST", "collections/c/points/payload/clear", """{"points":[1]}"""),
        ("POST", "collections/c/points/vectors/delete", """{"vector":["words"],"points":[1]}"""),
        ("POST", "collections/c/points/delete", """{"points":[1]}"""),
        ("PUT", "collections/c/vectors/more?wait=true", """{"dense":{"size":3,"distance":"Dot"}}"""),
        ("DELETE", "collections/c/vectors/more?wait=true", null),
        ("DELETE", "collections/c/index/tag?wait=true", null),
        ("DELETE", "collections/c", null),
    ];

    [OpenApiTheory]
    [InlineData("1.18.3", "1.18")]
    [InlineData("1.19.0", "1.19")]
    public async Task Every_operation_keeps_to_the_document_of_its_version(string version, string document)
    {
        await using var server = await FakeQdrant.StartAsync(new FakeQdrantOptions { Version = version, Validation = OpenApiDocument.Find(document) });
        using var http = new HttpClient { BaseAddress = server.Url };
        foreach (var (method, path, body) in Calls)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, null, "application/json") };

            using var answer = await http.SendAsync(request);

            Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
        }

        Assert.Empty(server.Violations);
        Assert.DoesNotContain(server.Calls, call => call.Operation == "unknown");
    }
}
