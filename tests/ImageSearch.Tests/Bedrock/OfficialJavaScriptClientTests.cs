using System.Diagnostics;
using System.Text.RegularExpressions;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Testing.S3;
using Xunit;
using Xunit.Abstractions;

namespace ImageSearch.Tests.Bedrock;

/// <summary>The stand-in is proven by a client that is not ours: the official JavaScript SDK.</summary>
public sealed partial class OfficialJavaScriptClientTests(ITestOutputHelper output)
{
    [NodeProofFact]
    public Task The_official_javascript_client_understands_the_stand_in_over_both_protocols() => CheckOverBothProtocolsAsync("bedrock.test.js", 87);

    [NodeProofFact]
    public Task The_official_javascript_client_understands_conversations_whole_and_streamed_over_both_protocols() =>
        CheckOverBothProtocolsAsync("converse.test.js", 138);

    [NodeProofFact]
    public async Task The_official_javascript_clients_run_batch_jobs_on_the_stand_ins()
    {
        await using var storage = await FakeS3.StartAsync();
        await using var server = await FakeBedrock.StartAsync(new FakeBedrockOptions { Batch = new FakeBatchOptions { Buckets = storage.Buckets } });

        var (exitCode, report) = await RunProofAsync("batch.test.js", server, ("FAKE_S3", storage.Url.ToString()));

        output.WriteLine(report);
        Assert.True(exitCode == 0, report);
        Assert.True(int.Parse(PassedPattern().Match(report).Groups[1].Value) >= 45, report);
    }

    private async Task CheckOverBothProtocolsAsync(string script, int tests)
    {
        await using var server = await FakeBedrock.StartAsync();
        var certificate = Path.GetTempFileName();
        await File.WriteAllTextAsync(certificate, server.Certificate.ExportCertificatePem());

        var (exitCode, report) = await RunProofAsync(script, server, ("NODE_EXTRA_CA_CERTS", certificate));

        File.Delete(certificate);
        output.WriteLine(report);
        Assert.True(exitCode == 0, report);
        Assert.True(int.Parse(PassedPattern().Match(report).Groups[1].Value) >= tests, report);
        Assert.Contains(server.Calls, call => call.Protocol == "HTTP/1.1");
        Assert.Contains(server.Calls, call => call.Protocol == "HTTP/2");
    }

    private static async Task<(int ExitCode, string Report)> RunProofAsync(string script, FakeBedrock server, (string Name, string Value) variable)
    {
        var start = new ProcessStartInfo("node", ["--test", "--test-reporter=tap", "--test-timeout=60000", script])
        {
            WorkingDirectory = NodeProofFactAttribute.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FAKE_BEDROCK_HTTP1"] = server.Http1.ToString();
        start.Environment["FAKE_BEDROCK_HTTP2"] = server.Http2.ToString();
        start.Environment["FAKE_BEDROCK_TLS"] = server.Tls.ToString();
        start.Environment[variable.Name] = variable.Value;
        start.Environment.Remove("AWS_BEARER_TOKEN_BEDROCK");
        using var node = Process.Start(start)!;
        var outputs = await Task.WhenAll(node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        return (node.ExitCode, string.Concat(outputs));
    }

    [GeneratedRegex(@"^# pass (\d+)", RegexOptions.Multiline)]
    private static partial Regex PassedPattern();
}
