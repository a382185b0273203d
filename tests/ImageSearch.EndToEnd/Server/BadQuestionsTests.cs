using System.Net;
using System.Text;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Every field of search, facets, suggestions and libraries with what it must not hold: a problem of the asker, told without a stack.</summary>
public sealed class BadQuestionsTests(ServedPictures served) : IClassFixture<ServedPictures>
{
    private const string Id = "00000000-0000-0000-0000-000000000001";
    private const int Nested = 2_000;

    private static readonly string Huge = new('9', 400);
    private static readonly string Long = new('x', 12_000);

    public static TheoryData<string> Addresses => new(
    [
        .. from name in (string[])["limit=", "minScore="]
           from path in (string[])["/api/search?", $"/api/similar/{Id}?"]
           from value in (string[])["abc", Huge, "-1e999", "null", "[1]", "{}", "1&" + name + "2", "%00", "%FF", "NaN", "-5", "1,5"]
           select path + name + value,
        .. from path in (string[])["/api/search?limit=0", "/api/search?limit=501", "/api/search?minScore=1.5", "/api/search?minScore=-0.1"] select path,
        .. from value in (string[])["abc", "AAAAAAAAAAAAAAAA", "!!!!!!!!!!!!!!!!", "%00", "AAAA&cursor=AAAA", Huge, "=", "a%20b", "\U0001F600", "____________________"]
           select $"/api/search?q=sea&cursor={value}",
        .. from value in (string[])["sort:size", "%22open", "like:", "like:id:", "like:id:1", "like:upload:abc", $"like:upload:{new string('a', 64)}", "like:/etc/passwd", "-like:id:" + Id, "taken:soon",
               "near:1", "1e9:cat%200:cat", "foldr:x", "rating:9", "type:exe", "a&q=b", "like:id:" + Id]
           select $"/api/search?q={value}",
        .. from value in (string[])["1", "abc", $"{Id}x", "..%2f..%2fetc%2fpasswd", Huge] select $"/api/similar/{value}",
        .. from value in (string[])["planet", "folder,planet", ",", "folder&facets=format", "%00", "folder;camera", "FOLDER"] select $"/api/facets?facets={value}",
        .. from value in (string[])["0", "-1", "501", "abc", Huge, "1&limit=2"] select $"/api/facets?limit={value}",
        .. from value in (string[])["0", "51", "abc", "1&limit=2"] select $"/api/suggestions?limit={value}",
        .. from value in (string[])["nobody", "..%2f..", Huge] select $"/api/libraries/{value}/failures",
        .. from path in (string[])["/api/search?wher=1", "/api/facets?x=1", "/api/suggestions?x=1", "/api/libraries?x=1", "/api/collections?x=1", $"/api/search?{Huge}=1", "/api/nothing", "/api/"] select path,
        $"/api/search?q={Long}",
    ]);

    public static TheoryData<string> Bodies => new(
    [
        "", "null", "1", "\"sea\"", "[]", "{", "{\"q\":}", "{\"q\":1}", "{\"q\":null,\"q\":\"a\"}", "{\"q\":\"a\",\"q\":\"b\"}", "{\"q\":[\"a\"]}", "{\"q\":{\"a\":1}}", "{\"query\":\"a\"}",
        "{\"limit\":\"1\"}", "{\"limit\":1.5}", "{\"limit\":0}", "{\"limit\":501}", "{\"limit\":99999999999}", "{\"limit\":[1]}", "{\"cursor\":1}", "{\"cursor\":\"abc\"}", "{\"minScore\":\"1\"}",
        "{\"minScore\":2}", "{\"minScore\":1e400}", "{\"like\":{}}", "{\"like\":[1]}", "{\"like\":[{}]}", "{\"like\":[null]}", "{\"like\":[{\"id\":\"abc\"}]}", "{\"like\":[{\"id\":1}]}",
        $"{{\"like\":[{{\"id\":\"{Id}\"}}]}}", $"{{\"like\":[{{\"id\":\"{Id}\",\"weight\":0}}]}}", $"{{\"like\":[{{\"id\":\"{Id}\",\"weight\":1e9}}]}}",
        $"{{\"like\":[{{\"id\":\"{Id}\",\"weight\":\"heavy\"}}]}}", $"{{\"like\":[{{\"id\":\"{Id}\",\"upload\":\"{new string('a', 64)}\"}}]}}",
        "{\"like\":[{\"upload\":\"../../etc/passwd\"}]}", "{\"like\":[{\"upload\":\"\"}]}", $"{{\"like\":[{{\"upload\":\"{new string('a', 64)}\"}}]}}", "{\"like\":[{\"path\":\"/etc/passwd\"}]}",
        $"{{\"like\":[{string.Join(',', Enumerable.Repeat($"{{\"id\":\"{Id}\"}}", 50))}]}}", $"{{\"q\":\"{new string('x', 30_000)}\"}}", $"{{\"q\":\"{new string('x', 2_000_000)}\"}}",
        $"{new string('[', Nested)}{new string(']', Nested)}", $"{{\"like\":{new string('[', Nested)}{new string(']', Nested)}}}", "{\"q\":\"\\ud800\"", "\u0000", "{\"q\":\"a\"} {\"q\":\"b\"}", "// {}",
    ]);

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task An_address_that_asks_for_nothing_sensible_is_refused(string address) =>
        await RefusedAsync(new HttpRequestMessage(HttpMethod.Get, address));

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_document_that_asks_for_nothing_sensible_is_refused(string body) =>
        await RefusedAsync(new HttpRequestMessage(HttpMethod.Post, "/api/search") { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    [Theory]
    [InlineData("POST", "/api/libraries/nobody/index")]
    [InlineData("POST", "/api/libraries/%2e%2e/retry")]
    [InlineData("DELETE", "/api/libraries/pictures/index")]
    [InlineData("POST", "/api/libraries/pictures/index?force=1")]
    [InlineData("PUT", "/api/libraries/pictures/index")]
    [InlineData("DELETE", "/api/search")]
    [InlineData("POST", "/api/facets")]
    [InlineData("POST", "/api/search")]
    public async Task A_way_of_asking_that_is_not_there_is_refused(string method, string address) =>
        await RefusedAsync(new HttpRequestMessage(new HttpMethod(method), address));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_document_of_another_kind_is_refused(string kind)
    {
        using var content = new StringContent("{\"q\":\"sea\"}");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(kind);

        await RefusedAsync(new HttpRequestMessage(HttpMethod.Post, "/api/search") { Content = content });
    }

    [Theory]
    [InlineData("/api/judge", """{"q":"sea"}""")]
    [InlineData("/api/captions", """{"q":"sea"}""")]
    [InlineData("/api/ask", """{"question":"What?","q":"sea"}""")]
    [InlineData("/api/compare", """{"pictures":[]}""")]
    [InlineData("/api/extract", """{"schema":{"type":"object"},"pictures":[]}""")]
    public async Task A_server_whose_owner_does_not_let_it_asks_no_model(string path, string body)
    {
        var (status, problem) = await ServerQuestions.ProblemAsync(served.Server.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json")));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("--vision", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False((await served.Server.GetAsync("/api/session")).TryGetProperty("vision", out _));
    }

    private async Task RefusedAsync(HttpRequestMessage question)
    {
        using (question)
        {
            using var answer = await served.Server.Client.SendAsync(question);
            var text = await answer.Content.ReadAsStringAsync();

            Assert.True(answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError, $"{answer.StatusCode}: {text}");

            // A line that is too long is refused before anything can answer it in a form.
            Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json" || answer.StatusCode == HttpStatusCode.RequestUriTooLong, text);
            Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        }
    }
}
