using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary><c>imagesearch serve</c>, the way in for people.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public ServeCommandTests() => _workplace.AddPictures();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task It_serves_the_collection_of_the_user_until_it_is_stopped()
    {
        _ = await _workplace.RunAsync("index", "pictures");
        using var serving = _workplace.Start("serve", "--listen", "http://127.0.0.1:0", "--no-browser", "--vision");
        var told = await serving.StandardOutput.ReadLineAsync();
        using var client = new HttpClient { BaseAddress = new Uri(told!.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal))) };

        var answer = await client.GetFromJsonAsync<JsonElement>("/api/search?q=red+flower");
        var vision = (await client.GetFromJsonAsync<JsonElement>("/api/session")).GetProperty("vision");
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {serving.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var ended = await Workplace.FinishAsync(serving);
        Assert.Equal("red-flower.png", answer.GetProperty("results")[0].GetProperty("path").GetString());
        Assert.StartsWith("global.anthropic.claude", vision.GetProperty("model").GetString(), StringComparison.Ordinal);
        Assert.Equal((143, ""), (ended.ExitCode, ended.Error));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/"));
    }

    [Fact]
    public async Task Flags_reach_the_server_and_what_is_wrong_with_them_is_said()
    {
        var refused = await _workplace.RunAsync("serve", "--listen", "ftp://127.0.0.1");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("Server:Listen", refused.Error, StringComparison.Ordinal);
    }
}
