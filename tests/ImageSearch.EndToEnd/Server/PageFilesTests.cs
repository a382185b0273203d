using System.IO.Compression;
using System.Text;
using ImageSearch.Server.Page;
using ImageSearch.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

public sealed class PageFilesTests : IDisposable
{
    private static readonly string Script = string.Concat(Enumerable.Repeat("export const nothing = 0;\n", 100));
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();

    private readonly TempFolder _folder = new();
    private readonly PageFiles _files;

    public PageFilesTests()
    {
        _ = Directory.CreateDirectory(Path.Combine(_folder.Path, "js"));
        File.WriteAllText(Path.Combine(_folder.Path, "index.html"), "<!doctype html>");
        File.WriteAllText(Path.Combine(_folder.Path, "js", "main.js"), Script);
        _files = new PageFiles(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", "")]
    [InlineData("", "")]
    public async Task A_file_goes_in_the_smallest_coding_that_is_taken(string accepted, string coding)
    {
        var (context, body) = await AskAsync("/js/main.js", accepted);

        var headers = context.Response.Headers;
        Assert.Equal(("text/javascript", coding, "Accept-Encoding", "no-cache"), (context.Response.ContentType, headers.ContentEncoding.ToString(), headers.Vary.ToString(), headers.CacheControl.ToString()));
        Assert.Equal(coding != "", body.Length < Script.Length / 10);
        Assert.Equal(Script, Unpacked(body, coding));
    }

    [Fact]
    public async Task A_copy_that_is_still_right_is_not_sent_again_and_one_in_another_coding_is_another()
    {
        var (first, _) = await AskAsync("/js/main.js", "br");
        var (again, nothing) = await AskAsync("/js/main.js", "br", first.Response.Headers.ETag.ToString());
        var (other, _) = await AskAsync("/js/main.js", "gzip", first.Response.Headers.ETag.ToString());

        Assert.Equal((304, 0), (again.Response.StatusCode, nothing.Length));
        Assert.Equal(200, other.Response.StatusCode);
        Assert.NotEqual(first.Response.Headers.ETag, other.Response.Headers.ETag);
    }

    [Fact]
    public async Task The_root_is_the_page_and_what_is_no_file_of_it_goes_on()
    {
        Assert.Equal("<!doctype html>", Encoding.UTF8.GetString((await AskAsync("/", "")).Body));
        Assert.Equal(418, (await AskAsync("/js", "")).Context.Response.StatusCode);
        Assert.Equal(418, (await AskAsync("/../secret", "")).Context.Response.StatusCode);
        Assert.Equal(418, (await AskAsync("/", "", method: "POST")).Context.Response.StatusCode);
    }

    private async Task<(HttpContext Context, byte[] Body)> AskAsync(string path, string accepted, string? known = null, string method = "GET")
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = Services };
        (context.Request.Method, context.Request.Path, context.Response.Body) = (method, path, body);
        context.Request.Headers.AcceptEncoding = accepted;
        context.Request.Headers.IfNoneMatch = known;
        await _files.AnswerAsync(context, next =>
        {
            next.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return Task.CompletedTask;
        });
        return (context, body.ToArray());
    }

    private static string Unpacked(byte[] body, string coding)
    {
        using var packed = new MemoryStream(body);
        using Stream plain = coding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }
}
