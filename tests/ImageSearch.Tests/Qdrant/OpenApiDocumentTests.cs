using System.Text.Json;
using ImageSearch.Testing.Qdrant.OpenApi;
using Xunit;

namespace ImageSearch.Tests.Qdrant;

/// <summary>The check against Qdrant's document must find what is wrong, or it proves nothing.</summary>
public sealed class OpenApiDocumentTests
{
    [OpenApiTheory]
    [InlineData("CreateCollection", """{"vectors":{"size":4,"distance":"Cosine"}}""")]
    [InlineData("CreateCollection", """{"vectors":{"image":{"size":4,"distance":"Dot","hnsw_config":null}},"sparse_vectors":{"words":{"modifier":"idf"}},"metadata":{"any":["thing",1]}}""")]
    [InlineData("PointInsertOperations", """{"points":[{"id":1,"vector":[0.5,1]},{"id":"5c56c793-69f3-4fbf-87e6-c4bf54c28c26","vector":{"words":{"indices":[1],"values":[1]}},"payload":{"free":{"form":null}}}]}""")]
    [InlineData("PointInsertOperations", """{"batch":{"ids":[1],"vectors":[[1,2]],"payloads":[null]}}""")]
    [InlineData("Filter", """{"must":[{"key":"a","match":{"any":["x"]}},{"must_not":{"has_id":[1]}},{"nested":{"key":"b","filter":{"should":null}}}]}""")]
    [InlineData("QueryRequest", """{"query":[1,2],"using":"image","limit":3,"with_payload":["a"],"params":{"quantization":{"rescore":true,"oversampling":2}}}""")]
    [InlineData("QueryRequest", """{"prefetch":[{"query":{"nearest":7,"mmr":{"diversity":0.5}}}],"query":{"fusion":"rrf"},"filter":null}""")]
    public void What_is_right_passes_in_both_versions(string schema, string json)
    {
        foreach (var version in new[] { "1.18", "1.19" })
        {
            Assert.Empty(OpenApiDocument.Find(version)!.Check(schema, JsonElement.Parse(json)));
        }
    }

    [OpenApiTheory]
    [InlineData("CreateCollection", """{"vectors":{"size":4,"distance":"Cosine","on_disc":true}}""", "on_disc")]
    [InlineData("CreateCollection", """{"vectors":{"size":4,"distance":"cosine"}}""", "\"cosine\" is none of")]
    [InlineData("CreateCollection", """{"vectors":{"size":"4","distance":"Cosine"}}""", "String is no integer")]
    [InlineData("CreateCollection", """{"vectors":{"size":0,"distance":"Cosine"}}""", "0 is not in 1…")]
    [InlineData("CreateCollection", """{"vectors":{"size":4,"distance":"Cosine"},"hnsw_config":{"m":16,"efconstruct":100}}""", "efconstruct")]
    [InlineData("CreateCollection", """{"vectors":{"size":4}}""", "distance: is missing")]
    [InlineData("CreateCollection", """{"vectors":{"size":4,"distance":"Cosine"},"replication":2}""", "replication: no such member")]
    [InlineData("PointInsertOperations", """{"points":[{"id":1,"vector":[0.5,"x"]}]}""", "String is no number")]
    [InlineData("PointInsertOperations", """{"points":[{"id":1,"vector":[1],"payloads":{}}]}""", "payloads: no such member")]
    [InlineData("PointInsertOperations", """{"points":[{"id":1.5,"vector":[1]}]}""", "Number is no integer")]
    [InlineData("PointInsertOperations", """{"points":[{"id":1,"vector":[1],"payload":[]}]}""", "Array is no object")]
    [InlineData("Filter", """{"must":[{"key":"a","match":{"is":"x"}}]}""", "is: no such member")]
    [InlineData("Filter", """{"musst":[]}""", "musst: no such member")]
    [InlineData("QueryRequest", """{"query":[1,2],"score_treshold":0.5}""", "score_treshold: no such member")]
    [InlineData("QueryRequest", """{"query":{"fusion":"rank"}}""", "\"rank\" is none of")]
    [InlineData("QueryRequest", """{"query":[1,2],"params":{"exact":"yes"}}""", "String is no boolean")]
    public void What_is_misspelt_or_of_the_wrong_type_is_found(string schema, string json, string problem)
    {
        foreach (var version in new[] { "1.18", "1.19" })
        {
            var problems = OpenApiDocument.Find(version)!.Check(schema, JsonElement.Parse(json));

            Assert.Contains(problems, found => found.Contains(problem, StringComparison.Ordinal));
        }
    }

    [OpenApiFact]
    public void What_only_the_later_version_knows_is_found_in_the_earlier_one()
    {
        var body = JsonElement.Parse("""{"vectors":{"size":4,"distance":"Cosine","memory":"cold"}}""");

        Assert.Contains(OpenApiDocument.Find("1.18")!.Check("CreateCollection", body), problem => problem.Contains("memory: no such member", StringComparison.Ordinal));
        Assert.Empty(OpenApiDocument.Find("1.19")!.Check("CreateCollection", body));
    }

    [OpenApiFact]
    public void A_request_is_held_to_its_path_its_parameters_and_its_body()
    {
        var document = OpenApiDocument.Find("1.19")!;
        var body = JsonElement.Parse("""{"points":[1]}""");

        Assert.Empty(document.CheckRequest("POST", "/collections/{collection_name}/points/delete", ["wait"], body));
        Assert.Equal(
            ["POST /collections/{collection_name}/points/delete: ?wiat: no such parameter"],
            document.CheckRequest("POST", "/collections/{collection_name}/points/delete", ["wiat"], body));
        Assert.Equal(
            ["POST /collections/{collection_name}/points/search: no such operation"],
            document.CheckRequest("POST", "/collections/{collection_name}/points/search", [], body));
        Assert.NotEmpty(document.CheckRequest("GET", "/collections", [], body));
        Assert.NotEmpty(document.CheckRequest("PUT", "/collections/{collection_name}/points", [], body));
    }

    [OpenApiFact]
    public void An_answer_is_held_to_its_status()
    {
        var document = OpenApiDocument.Find("1.19")!;
        IReadOnlyList<string> Check(int status, string json) => document.CheckResponse("POST", "/collections/{collection_name}/points/count", status, JsonElement.Parse(json));

        Assert.Empty(Check(200, """{"result":{"count":1},"status":"ok","time":0.1}"""));
        Assert.Empty(Check(404, """{"status":{"error":"Not found: x"},"time":0.1}"""));
        Assert.Empty(Check(500, """{"status":{"error":"Service internal error: x"},"time":0.1}"""));
        Assert.Contains(Check(200, """{"result":{"count":-1},"status":"ok","time":0.1}"""), problem => problem.Contains("-1 is not in 0…", StringComparison.Ordinal));
        Assert.Contains(Check(200, """{"result":{"counts":1},"status":"ok","time":0.1}"""), problem => problem.Contains("count: is missing", StringComparison.Ordinal));
        Assert.NotEmpty(Check(404, """{"status":{"error":5},"time":0.1}"""));
    }
}
