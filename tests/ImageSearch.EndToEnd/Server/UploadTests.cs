using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Pictures to search by, sent over HTTP: honest ones are kept, and all others are told why not.</summary>
public sealed class UploadTests : IDisposable
{
    private readonly Workplace _workplace = new();

    [Fact]
    public async Task A_picture_is_kept_by_its_hash_as_a_body_and_as_a_file_of_a_form()
    {
        var bytes = DataSamples.Read("food/coffee.jpg");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var plain = await server.Client.PostAsync("/api/uploads", new ByteArrayContent(bytes));
        using var form = await server.Client.PostAsync("/api/uploads", new MultipartFormDataContent { { new StringContent("x"), "note" }, { new ByteArrayContent(bytes), "file", "../../evil.exe" } });

        foreach (var answer in new[] { plain, form })
        {
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            var upload = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(
                (sha256, 600, 400, "jpeg"),
                (upload.GetProperty("upload").GetString(), upload.GetProperty("width").GetInt32(), upload.GetProperty("height").GetInt32(), upload.GetProperty("format").GetString()));
        }

        Assert.Equal([sha256], Directory.GetFiles(Path.Combine(_workplace.Home, "uploads")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_is_no_picture_or_a_bomb_is_refused_by_its_bytes_whatever_it_is_called()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);
        foreach (var (name, bytes, status) in Lies())
        {
            using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

            using var answer = await server.Client.PostAsync("/api/uploads", content);

            Assert.True(status == (int)answer.StatusCode, $"{name}: {answer.StatusCode}");
            await AssertProblemAsync(answer);
        }

        Assert.False(Directory.Exists(Path.Combine(_workplace.Home, "uploads")));
    }

    [Fact]
    public async Task A_picture_beyond_the_limit_is_refused_by_what_it_says_and_by_what_it_sends()
    {
        _workplace.Environment["IMAGESEARCH__Imaging__MaxBytes"] = "100000";
        await using var server = await ServerRun.StartedAsync(_workplace);
        var endless = new byte[400_000];
        DataSamples.Read("food/coffee.jpg").AsSpan(0, 1000).CopyTo(endless);

        var said = await AskAsync(server.Address, "POST /api/uploads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000\r\n\r\n");
        using var sent = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/uploads")
        {
            Content = new StreamContent(new MemoryStream(endless)),
            Headers = { TransferEncodingChunked = true },
        });
        using var form = await server.Client.PostAsync("/api/uploads", new MultipartFormDataContent { { new ByteArrayContent(endless), "file", "a.jpg" } });

        Assert.StartsWith("HTTP/1.1 413 ", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, sent.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, form.StatusCode);
        await AssertProblemAsync(sent);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"x")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_form_that_is_none_is_refused(string contentType)
    {
        await using var server = await ServerRun.StartedAsync(_workplace);
        using var content = new StringContent("--y\r\n\r\nnothing");
        _ = content.Headers.Remove("Content-Type");
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));

        using var answer = await server.Client.PostAsync("/api/uploads", content);

        Assert.InRange((int)answer.StatusCode, 400, 422);
        await AssertProblemAsync(answer);
    }

    [Fact]
    public async Task Bodies_that_do_not_come_hold_up_no_other_request()
    {
        await using var server = await ServerRun.StartedAsync(_workplace);
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 40; i++)
            {
                var client = new TcpClient();
                slow.Add(client);
                await client.ConnectAsync(server.Address.Host, server.Address.Port);
                await client.GetStream().WriteAsync("POST /api/uploads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx"u8.ToArray());
            }

            using var answer = await server.Client.GetAsync("/api/session");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var another = await server.Client.PostAsync("/api/uploads", new ByteArrayContent(DataSamples.Read("food/coffee.jpg")));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, another.StatusCode);
            Assert.NotNull(another.Headers.RetryAfter);
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("""{"url":"http://93.184.216.34/a.png"}""", false, 403)]
    [InlineData("""{"url":"http://127.0.0.1/a.png"}""", true, 400)]
    [InlineData("""{"url":"http://localhost:80/a.png"}""", true, 400)]
    [InlineData("""{"url":"file:///etc/passwd"}""", true, 400)]
    [InlineData("""{"url":null}""", true, 400)]
    [InlineData("""{"url":5}""", true, 400)]
    [InlineData("""{"url":"http://a/","url":"http://b/"}""", true, 400)]
    [InlineData("""{}""", true, 400)]
    [InlineData("""[""", true, 400)]
    public async Task Fetching_is_off_unless_it_is_set_and_never_goes_inside(string body, bool isOn, int status)
    {
        _workplace.Environment["IMAGESEARCH__Server__FetchUrls"] = isOn ? "true" : "false";
        await using var server = await ServerRun.StartedAsync(_workplace);

        using var answer = await server.Client.PostAsync("/api/uploads/from-url", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(status, (int)answer.StatusCode);
        await AssertProblemAsync(answer);
    }

    public void Dispose() => _workplace.Dispose();

    private static IEnumerable<(string Name, byte[] Bytes, int Status)> Lies()
    {
        yield return ("nothing", [], 422);
        yield return ("one byte", [0xFF], 422);
        yield return ("html", [.. "<html><script>alert(1)</script></html>"u8], 422);
        yield return ("svg", [.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8], 422);
        yield return ("pdf", [.. "%PDF-1.7\n"u8, .. new byte[100]], 422);
        yield return ("zip", [.. "PK\u0003\u0004"u8, .. new byte[100]], 422);
        yield return ("program", [0x7F, .. "ELF"u8, .. new byte[100]], 422);
        yield return ("cut jpeg", DataSamples.Read("food/coffee.jpg")[..200], 422);
        yield return ("png of 50,000 x 50,000", Png(50_000, 50_000), 413);
        yield return ("png of no size", Png(0, 10), 422);
        yield return ("gif of 65,535 x 65,535", [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 2, 0, 0x3B], 413);
    }

    private static byte[] Png(int width, int height)
    {
        byte[] png = [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, .. new byte[50]];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    private static async Task<string> AskAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
