using System.Net;
using System.Text;
using System.Text.Json;
using ImageSearch.Qdrant;
using ImageSearch.Qdrant.Model;
using ImageSearch.Testing;
using ImageSearch.Testing.Qdrant;
using ImageSearch.Testing.Qdrant.OpenApi;
using Xunit;

namespace ImageSearch.Tests.Qdrant;

public sealed class QdrantClientTests : IAsyncLifetime, IDisposable
{
    private const string Name = "photos";

    private FakeQdrant _server = null!; // set by InitializeAsync, before any test
    private QdrantClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeQdrant.StartAsync(new FakeQdrantOptions { Validation = OpenApiDocument.Find("1.19") });
        _client = new QdrantClient(new QdrantClientOptions { Address = _server.Url, RetryFor = TimeSpan.Zero }, TimeProvider.System);
        var vectors = new Dictionary<string, VectorParams> { ["a"] = new(4, VectorParams.Cosine) };
        await _client.CreateCollectionAsync(Name, new CreateCollection { Vectors = vectors }, default);
        await _client.CreatePayloadIndexAsync(Name, "album", new PayloadIndexParams("keyword"), default);
        await _client.UpsertAsync(Name, [.. Enumerable.Range(1, 20).Select(Point)], default);
    }

    public async Task DisposeAsync()
    {
        var violations = _server.Violations;
        await _server.DisposeAsync();
        Assert.Empty(violations);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Queries_of_one_call_find_the_nearest_of_each()
    {
        QueryPoints[] queries = [.. new[] { 3, 12 }.Select(seed => new QueryPoints
        {
            Query = new Vector.Dense(VectorOf(seed)), Using = "a", Limit = 3, WithPayload = PayloadSelector.Include("album"),
        })];

        var found = await _client.QueryBatchAsync(Name, queries, default);

        Assert.Equal([3UL, 12UL], found.Select(hits => hits[0].Id.Number));
        Assert.All(found, hits => Assert.Equal(3, hits.Count));
        Assert.Equal("odd", found[0][0].Payload.GetProperty("album").GetString());
    }

    [Fact]
    public async Task Points_are_scrolled_counted_retrieved_and_deleted_by_id_of_either_kind()
    {
        var uuid = Guid.Parse("00000000-0000-0000-0000-0000000000ff");
        await _client.UpsertAsync(Name, [Point(30) with { Id = uuid }, Point(31) with { Id = ulong.MaxValue }], default);

        var first = await _client.ScrollAsync(Name, new ScrollPoints { Limit = 21, WithPayload = PayloadSelector.None }, default);
        var last = await _client.ScrollAsync(Name, new ScrollPoints { Limit = 21, Offset = first.NextPageOffset, WithPayload = PayloadSelector.None }, default);
        var read = await _client.RetrieveAsync(Name, new GetPoints([uuid, 7UL, 99UL], PayloadSelector.None, VectorsSelector.Named("a")), default);
        await _client.DeleteAsync(Name, [uuid, ulong.MaxValue], default);

        Assert.Equal(ulong.MaxValue, first.Points[^1].Id.Number);
        Assert.Equal(uuid, Assert.Single(last.Points).Id.Uuid);
        Assert.Null(last.NextPageOffset);
        Assert.Equal(2, read.Count);
        Assert.All(read, point => Assert.Equal(4, Assert.IsType<Vector.Dense>(point.Vector!["a"]).Values.Length));
        Assert.Equal(20, await _client.CountAsync(Name, null, default));
        var odd = new Filter { Must = [new Condition.MatchKeyword("album", "odd")] };
        Assert.Equal(10, await _client.CountAsync(Name, odd, default));
        Assert.Equal([("odd", 10L)], (await _client.FacetAsync(Name, "album", odd, 5, default)).Select(hit => (hit.Value.GetString(), hit.Count)));
    }

    [Fact]
    public async Task An_alias_moves_in_one_step()
    {
        await _client.CreateCollectionAsync("next", new CreateCollection { Vectors = new Dictionary<string, VectorParams> { ["a"] = new(4, VectorParams.Cosine) } }, default);
        await _client.UpdateAliasesAsync([new AliasOperation { CreateAlias = new CreateAlias(Name, "live") }], default);

        await _client.UpdateAliasesAsync([new AliasOperation { DeleteAlias = new DeleteAlias("live") }, new AliasOperation { CreateAlias = new CreateAlias("next", "live") }], default);

        Assert.Equal([new AliasDescription("live", "next")], await _client.ListAliasesAsync(default));
        Assert.Equal(0, await _client.CountAsync("live", null, default));
        Assert.True(await _client.CollectionExistsAsync("live", default));
        Assert.Equal(["next", Name], (await _client.ListCollectionsAsync(default)).Order());
    }

    [Theory]
    [InlineData(401, "text/plain", "Invalid API key or JWT", QdrantErrorKind.Unauthorized, "Invalid API key or JWT", false)]
    [InlineData(404, "text/plain", "", QdrantErrorKind.NotFound, "the server answered 404", false)]
    [InlineData(409, "application/json", """{"status":{"error":"Wrong input: Collection `x` already exists!"},"time":0.0}""", QdrantErrorKind.AlreadyExists, "Wrong input: Collection `x` already exists!", false)]
    [InlineData(422, "application/json", """{"status":{"error":"Validation error in JSON body"}}""", QdrantErrorKind.BadRequest, "Validation error in JSON body", false)]
    [InlineData(408, "application/json", """{"status":{"error":"Timeout: too long"}}""", QdrantErrorKind.TimedOut, "Timeout: too long", true)]
    [InlineData(429, "application/json", """{"status":{"error":"Rate limiting exceeded: x"}}""", QdrantErrorKind.RateLimited, "Rate limiting exceeded: x", false)]
    [InlineData(500, "application/json", """{"status":{"error":"Service internal error: x"}}""", QdrantErrorKind.ServerFailed, "Service internal error: x", true)]
    [InlineData(500, "text/html", "<html>\n<body>no</body></html>", QdrantErrorKind.ServerFailed, "<html>", false)]
    [InlineData(503, "application/json", "{\"status\":", QdrantErrorKind.Unavailable, "{\"status\":", true)]
    [InlineData(507, "application/json", """{"status":{"error":"Insufficient storage: x"}}""", QdrantErrorKind.InsufficientStorage, "Insufficient storage: x", false)]
    public async Task An_error_is_read_whatever_its_form(int status, string type, string body, object kind, string message, bool isTransient)
    {
        _server.Inject(new QdrantFault.Answer(status, type, body) { Operation = "count_points", Times = int.MaxValue });

        var failure = await Assert.ThrowsAsync<QdrantException>(() => _client.CountAsync(Name, null, default));

        _server.ClearFaults();
        Assert.Equal((kind, (HttpStatusCode?)status, isTransient), (failure.Kind, failure.Status, failure.IsTransient));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<html>It works!</html>")]
    [InlineData("application/json", "{\"status\":\"ok\"}")]
    public async Task An_answer_that_is_not_Qdrants_is_told(string type, string body)
    {
        _server.Inject(new QdrantFault.Answer(200, type, body) { Operation = "count_points" });

        var failure = await Assert.ThrowsAsync<QdrantException>(() => _client.CountAsync(Name, null, default));

        Assert.Equal(QdrantErrorKind.UnreadableAnswer, failure.Kind);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_when_its_time_is_over()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        using var client = new QdrantClient(new QdrantClientOptions { Address = _server.Url, RetryFor = TimeSpan.Zero }, time);
        _server.Inject(new QdrantFault.Hang { Operation = "count_points" });
        var counting = client.CountAsync(Name, null, default);

        time.Advance(TimeSpan.FromSeconds(62));

        var failure = await Assert.ThrowsAsync<QdrantException>(() => counting);
        Assert.Equal((QdrantErrorKind.TimedOut, true), (failure.Kind, failure.IsTransient));
    }

    [Fact]
    public void The_wait_grows_and_is_spread_obeys_the_server_and_ends()
    {
        var away = new QdrantException(QdrantErrorKind.Unreachable, "x");
        var minute = TimeSpan.FromMinutes(1);

        Assert.Equal(TimeSpan.FromMilliseconds(50), RetryDelay.After(away, 0, minute, 0));
        Assert.Equal(TimeSpan.FromMilliseconds(100), RetryDelay.After(away, 0, minute, 1));
        Assert.Equal(TimeSpan.FromMilliseconds(800), RetryDelay.After(away, 3, minute, 1));
        Assert.Equal(TimeSpan.FromSeconds(5), RetryDelay.After(away, 1000, minute, 1));
        Assert.Null(RetryDelay.After(away, 3, TimeSpan.FromMilliseconds(799), 1));
        var limited = new QdrantException(QdrantErrorKind.RateLimited, "x") { RetryAfter = TimeSpan.FromSeconds(7), IsTransient = true };
        Assert.Equal(TimeSpan.FromSeconds(7), RetryDelay.After(limited, 0, minute, 0.5));
        Assert.Null(RetryDelay.After(new QdrantException(QdrantErrorKind.BadRequest, "x"), 0, minute, 0));
    }

    [Fact]
    public async Task Every_call_says_how_long_the_server_may_take_and_writes_wait()
    {
        await _client.DeleteAsync(Name, [1UL], default);
        await _client.CountAsync(Name, null, default);

        Assert.Equal("/collections/photos/points/delete?wait=true&timeout=60", _server.Calls[^2].Target);
        Assert.Equal("/collections/photos/points/count?timeout=60", _server.Calls[^1].Target);
    }

    private static PointStruct Point(int number) => new(
        (ulong)number,
        new Dictionary<string, Vector> { ["a"] = new Vector.Dense(VectorOf(number)) },
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { album = number % 2 == 0 ? "even" : "odd" })));

    private static float[] VectorOf(int number) => [1, number / 10f, number % 3, number % 5];
}
