using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Who may ask, over HTTP.</summary>
public sealed class SafetyTests : IDisposable
{
    private const string ReadKey = "read-0123456789abcdef";
    private const string WriteKey = "write-0123456789abcdef";

    private readonly Workplace _workplace = new();

    [Fact]
    public async Task An_open_address_without_a_key_ends_the_server_with_the_cure()
    {
        using var process = _workplace.StartProgram("ImageSearch.Server.dll", "--listen", "http://0.0.0.0:0");
        var run = await Workplace.FinishAsync(process);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Server:ReadKey", run.Error, StringComparison.Ordinal);
        Assert.Contains("Server:Anonymous", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_has_the_strict_headers_and_lets_no_other_page_in()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);

        foreach (var path in new[] { "/", "/api/session", "/api/search?q=red", "/api/nothing", "/nothing", "/health/live" })
        {
            using var answer = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Origin", "http://evil.example" } } });
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
            Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Opener-Policy"));
            Assert.Equal(["same-origin"], answer.Headers.GetValues("Cross-Origin-Resource-Policy"));
            Assert.True(answer.Headers.Contains("Permissions-Policy"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_ask_and_no_other()
    {
        _workplace.Environment["IMAGESEARCH__Server__AllowedOrigins"] = "https://friend.example";
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var friend = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { { "Origin", "https://friend.example" } } });
        using var other = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { { "Origin", "https://evil.example" } } });

        Assert.Equal(["https://friend.example"], friend.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Another_name_in_the_host_header_is_refused()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var answer = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { Host = "evil.example" } });

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_key_opens_what_it_is_for()
    {
        UseKeys();
        await using var server = await ServerRun.StartedAsync(_workplace);

        foreach (var path in new[] { "/api/search?q=red", $"/api/pictures/{Guid.Empty}", $"/api/pictures/{Guid.Empty}/thumbnail", "/metrics" })
        {
            Assert.Equal(401, await StatusAsync(server, path, header: null));
            Assert.Equal(401, await StatusAsync(server, path, ("Authorization", $"Bearer {ReadKey}x")));
            Assert.NotEqual(401, await StatusAsync(server, path, ("Authorization", $"Bearer {ReadKey}")));
            Assert.NotEqual(401, await StatusAsync(server, path, ("X-Api-Key", WriteKey)));
        }

        Assert.Equal(200, await StatusAsync(server, "/", header: null));
        Assert.Equal(200, await StatusAsync(server, "/health/live", header: null));
        using var upload = await server.Client.PostAsync("/api/uploads", new StringContent("x"));
        Assert.Equal(HttpStatusCode.Unauthorized, upload.StatusCode);
        using var captions = new HttpRequestMessage(HttpMethod.Post, "/api/captions") { Content = JsonContent.Create(new { q = "" }), Headers = { { "X-Api-Key", ReadKey } } };
        var (status, problem) = await ServerQuestions.ProblemAsync(server.Client.SendAsync(captions));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("not change what is indexed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_a_key_once_and_gets_a_cookie_that_is_not_the_key()
    {
        UseKeys();
        await using var server = await ServerRun.StartedAsync(_workplace);
        var before = await server.GetAsync("/api/session");

        using var begun = await server.Client.PostAsJsonAsync("/api/session", new { key = ReadKey });
        var during = await server.GetAsync("/api/session");
        var search = await StatusAsync(server, "/api/search?q=red", header: null);
        using var ended = await server.Client.DeleteAsync("/api/session");
        var after = await server.GetAsync("/api/session");

        var cookie = Assert.Single(begun.Headers.GetValues("Set-Cookie"));
        Assert.DoesNotContain(ReadKey, cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((false, false, true), StateOf(before));
        Assert.Equal((true, false, true), StateOf(during));
        Assert.NotEqual(401, search);
        Assert.Equal((false, false, true), StateOf(after));
    }

    [Fact]
    public async Task Another_page_cannot_have_the_browser_upload_or_log_in()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);
        foreach (var path in new[] { "/api/uploads", "/api/session", "/api/uploads/from-url" })
        {
            using var answer = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent("{}", Encoding.UTF8, "application/json"),
                Headers = { { "Origin", "http://evil.example" }, { "Sec-Fetch-Site", "cross-site" } },
            });

            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_flood_of_wrong_keys_is_cut_off_and_shuts_out_nobody_and_no_key_is_logged()
    {
        UseKeys();
        await using var server = await ServerRun.StartedAsync(_workplace);

        var statuses = new List<int>();
        foreach (var round in Enumerable.Range(0, 50))
        {
            statuses.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(i => StatusAsync(server, "/api/session/../search?q=x", ("X-Api-Key", $"guess-{round}-{i}-guess")))));
        }

        using var wrong = await server.Client.PostAsJsonAsync("/api/session", new { key = "guess-in-the-body" });
        Assert.All(statuses, status => Assert.True(status is 401 or 429, $"{status}"));
        Assert.InRange(statuses.Count(status => status == 401), 10, 30);
        Assert.Equal(HttpStatusCode.TooManyRequests, wrong.StatusCode);
        Assert.NotNull(wrong.Headers.RetryAfter);
        Assert.NotEqual(401, await StatusAsync(server, "/api/search?q=x", ("X-Api-Key", ReadKey)));
        var run = await server.Program.TerminateAsync();
        Assert.Contains("A wrong key came from", run.Out, StringComparison.Ordinal);
        Assert.All(["guess", ReadKey, WriteKey], key => Assert.DoesNotContain(key, run.Out + run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_the_server_can_do_is_sent_away_and_then_all_is_as_before()
    {
        _workplace.AddPictures();
        _ = await _workplace.RunAsync("index", "pictures");
        _workplace.Environment["IMAGESEARCH__Server__RequestsAtOnce"] = "1";
        _workplace.Environment["IMAGESEARCH__Server__RequestsPerSecond"] = "100";
        await using var server = await ServerRun.StartedAsync(_workplace);
        var before = await server.Client.GetStringAsync("/health/live");

        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => server.Client.GetAsync($"/api/search?q=red+{i}")));
        var health = await server.Client.GetStringAsync("/health/live");

        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, new[] { 200, 429, 503 }));
        Assert.Contains(answers, answer => answer.StatusCode != HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer =>
        {
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        });
        Assert.Equal(before, health);
        await AssertAnswersAgainAsync(server);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"key":null}""")]
    [InlineData("""{"key":["a"]}""")]
    [InlineData("""{"key":"a","key":"b"}""")]
    [InlineData("""{"key":"a","more":1}""")]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_session_cannot_be_begun_with_nonsense_and_a_broken_cookie_is_none(string body)
    {
        UseKeys();
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var begun = await server.Client.PostAsync("/api/session", new StringContent(body, Encoding.UTF8, "application/json"));
        var status = await StatusAsync(server, "/api/search?q=x", ("Cookie", "imagesearch=%A"));

        Assert.Equal(HttpStatusCode.BadRequest, begun.StatusCode);
        Assert.Equal(401, status);
    }

    [Theory]
    [InlineData("/api/search?q=%ff%fe")]
    [InlineData("/api/search?q=a&limit=x")]
    [InlineData("/api/search?q=a&limit=99999999999999999999")]
    [InlineData("/api/pictures/%00/thumbnail")]
    [InlineData("/api/pictures/00000000-0000-0000-0000-000000000000/thumbnail?size=1e308")]
    public async Task Nonsense_is_a_problem_without_a_stack(string path)
    {
        _workplace.AddPictures();
        _ = await _workplace.RunAsync("index", "pictures");
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var answer = await server.Client.GetAsync(path);

        Assert.InRange((int)answer.StatusCode, 200, 499);
        Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => _workplace.Dispose();

    private static async Task AssertAnswersAgainAsync(ServerRun server)
    {
        var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        HttpStatusCode status;
        do
        {
            using var answer = await server.Client.GetAsync("/api/search?q=red", patience.Token);
            status = answer.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    private static (bool Read, bool Write, bool KeysRequired) StateOf(JsonElement session) =>
        (session.GetProperty("read").GetBoolean(), session.GetProperty("write").GetBoolean(), session.GetProperty("keysRequired").GetBoolean());

    private static async Task<int> StatusAsync(ServerRun server, string path, (string Name, string Value)? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is var (name, value))
        {
            request.Headers.Add(name, value);
        }

        using var answer = await server.Client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private void UseKeys()
    {
        _workplace.Environment["IMAGESEARCH__Server__ReadKey"] = ReadKey;
        _workplace.Environment["IMAGESEARCH__Server__WriteKey"] = WriteKey;
    }
}
