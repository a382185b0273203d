using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ImageSearch.Testing;
using ImageSearch.Testing.Children;
using ImageSearch.Testing.Qdrant;
using ImageSearch.Testing.Qdrant.OpenApi;
using Xunit;

namespace ImageSearch.Tests.Qdrant;

/// <summary>What of the stand-in no client of another language shows: restarts, kills, and that its check finds what is wrong.</summary>
public sealed class FakeQdrantTests
{
    private const string Collection = """{"vectors":{"size":2,"distance":"Cosine"}}""";

    [Fact]
    public async Task A_restart_keeps_the_address_and_the_points()
    {
        await using var server = await FakeQdrant.StartAsync();
        using var http = Client(server.Url);
        await SendAsync(http, HttpMethod.Put, "collections/c", Collection);
        await SendAsync(http, HttpMethod.Put, "collections/c/points?wait=true", """{"points":[{"id":1,"vector":[1,0]}]}""");

        await server.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("readyz"));
        await server.RestartAsync();

        Assert.Equal(1, await CountAsync(http, "c"));
    }

    [Fact]
    public async Task A_killed_process_starts_again_with_all_that_it_acknowledged()
    {
        using var folder = new TempFolder();
        var port = 0;
        for (var round = 1; round <= 3; round++)
        {
            using var child = ChildProgram.Start(FakeQdrantChild.Serve, folder.Path, $"{port}");
            var url = new Uri((await child.StandardOutput.ReadLineAsync())!);
            port = url.Port;
            using var http = Client(url);
            if (round == 1)
            {
                await SendAsync(http, HttpMethod.Put, "collections/c", Collection);
                await SendAsync(http, HttpMethod.Post, "collections/aliases", """{"actions":[{"create_alias":{"alias_name":"a","collection_name":"c"}}]}""");
            }

            await SendAsync(http, HttpMethod.Put, "collections/a/points?wait=true", $$$"""{"points":[{"id":{{{round}}},"vector":[1,0]}]}""");
            Assert.Equal(round, await CountAsync(http, "c"));
            child.Kill();
            await child.WaitForExitAsync();
            await File.AppendAllTextAsync(Path.Combine(folder.Path, "writes.jsonl"), "{\"Operation\":\"upsert_po");
        }
    }

    [Fact]
    public async Task A_recovered_snapshot_survives_a_kill_too()
    {
        using var folder = new TempFolder();
        await using (var first = await FakeQdrant.StartAsync(new FakeQdrantOptions { Folder = folder.Path }))
        {
            using var http = Client(first.Url);
            await SendAsync(http, HttpMethod.Put, "collections/c", Collection);
            await SendAsync(http, HttpMethod.Put, "collections/c/points?wait=true", """{"points":[{"id":1,"vector":[3,4]}]}""");
            var snapshot = await SendAsync(http, HttpMethod.Post, "collections/c/snapshots", "{}");
            await SendAsync(http, HttpMethod.Delete, "collections/c", "{}");
            var name = snapshot.GetProperty("result").GetProperty("name").GetString();
            await SendAsync(http, HttpMethod.Put, "collections/c/snapshots/recover", $$"""{"location":"{{new Uri(first.Url, $"collections/c/snapshots/{name}")}}"}""");
        }

        await using var second = await FakeQdrant.StartAsync(new FakeQdrantOptions { Folder = folder.Path });
        using var again = Client(second.Url);
        Assert.Equal(1, await CountAsync(again, "c"));
    }

    [OpenApiFact]
    public async Task A_misspelt_member_that_the_server_reads_past_is_a_violation()
    {
        await using var server = await FakeQdrant.StartAsync(new FakeQdrantOptions { Validation = OpenApiDocument.Find("1.19") });
        using var http = Client(server.Url);

        await SendAsync(http, HttpMethod.Put, "collections/c?time_out=1", """{"vectors":{"size":2,"distance":"Cosine","on_disc":true}}""");
        await SendAsync(http, HttpMethod.Post, "collections/c/points/scroll", """{"limit":5}""");

        Assert.Equal(2, server.Violations.Count);
        Assert.Contains("?time_out: no such parameter", server.Violations[0], StringComparison.Ordinal);
        Assert.Contains("on_disc: no such member", server.Violations[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_take_it_and_calls_are_remembered()
    {
        await using var server = await FakeQdrant.StartAsync();
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var http = new HttpClient(handler) { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("x-request-id", "7");

        using var answer = await http.GetAsync("collections");

        Assert.Contains("\"collections\":[]", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var call = Assert.Single(server.Calls);
        Assert.Equal(("get_collections", "GET", "/collections", "7"), (call.Operation, call.Method, call.Target, call.Headers["x-request-id"]));
        Assert.Equal("gzip", call.Headers["accept-encoding"]);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_request_does_no_harm()
    {
        await using var server = await FakeQdrant.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Url.Port);
        var stream = client.GetStream();

        await stream.WriteAsync("PUT /collections/c HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"vec"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);
        await Record.ExceptionAsync(() => stream.ReadExactlyAsync(new byte[1]).AsTask());

        Assert.Empty(server.Violations);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task A_server_with_a_certificate_speaks_https()
    {
        using var certificate = LoopbackCertificate.Create();
        await using var server = await FakeQdrant.StartAsync(new FakeQdrantOptions { Certificate = certificate });
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == certificate.Thumbprint };
        using var trusting = new HttpClient(handler) { BaseAddress = server.Url };
        using var doubting = Client(server.Url);

        Assert.Equal("all shards are ready", await trusting.GetStringAsync("readyz"));
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => doubting.GetAsync("readyz"));
        Assert.Equal(HttpRequestError.SecureConnectionError, refusal.HttpRequestError);
    }

    private static HttpClient Client(Uri url) => new() { BaseAddress = url };

    private static async Task<JsonElement> SendAsync(HttpClient http, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, null, "application/json") };
        using var answer = await http.SendAsync(request);
        var content = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, content);
        return JsonElement.Parse(content);
    }

    private static async Task<int> CountAsync(HttpClient http, string collection) =>
        (await SendAsync(http, HttpMethod.Post, $"collections/{collection}/points/count", "{}")).GetProperty("result").GetProperty("count").GetInt32();
}
