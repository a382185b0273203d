using System.Diagnostics;
using System.Text.RegularExpressions;
using ImageSearch.Testing;
using ImageSearch.Testing.Qdrant;
using ImageSearch.Testing.Qdrant.OpenApi;
using Xunit;
using Xunit.Abstractions;

namespace ImageSearch.Tests.Qdrant;

/// <summary>The stand-in is proven by a client that is not ours: the official one for JavaScript.</summary>
public sealed partial class OfficialJavaScriptClientTests(ITestOutputHelper output)
{
    [NodeProofFact("@qdrant/js-client-rest")]
    public async Task The_official_javascript_client_understands_the_stand_in_and_both_keep_to_the_openapi_document()
    {
        await using var server = await FakeQdrant.StartAsync(new FakeQdrantOptions { Validation = OpenApiDocument.Find("1.19") });
        await using var keyed = await FakeQdrant.StartAsync(new FakeQdrantOptions { ApiKey = "secret", ReadOnlyApiKey = "read-only" });
        await using var old = await FakeQdrant.StartAsync(new FakeQdrantOptions { Version = "1.15.0" });

        var (exitCode, report) = await RunProofAsync(server, keyed, old);

        output.WriteLine(report);
        Assert.True(exitCode == 0, report);
        Assert.True(int.Parse(PassedPattern().Match(report).Groups[1].Value) >= 78, report);
        Assert.Empty(server.Violations);
    }

    private static async Task<(int ExitCode, string Report)> RunProofAsync(FakeQdrant server, FakeQdrant keyed, FakeQdrant old)
    {
        var start = new ProcessStartInfo("node", ["--test", "--test-reporter=tap", "--test-timeout=60000", "qdrant.test.js"])
        {
            WorkingDirectory = NodeProofFactAttribute.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FAKE_QDRANT"] = server.Url.ToString();
        start.Environment["FAKE_QDRANT_KEYED"] = keyed.Url.ToString();
        start.Environment["FAKE_QDRANT_OLD"] = old.Url.ToString();
        using var node = Process.Start(start)!;
        var outputs = await Task.WhenAll(node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        return (node.ExitCode, string.Concat(outputs));
    }

    [GeneratedRegex(@"^# pass (\d+)", RegexOptions.Multiline)]
    private static partial Regex PassedPattern();
}
