using System.Diagnostics;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>The OpenAPI document, and a client that is made of it.</summary>
public sealed class ApiDocumentTests(ServedPictures served) : IClassFixture<ServedPictures>
{
    private const string Record = "IMAGESEARCH_RECORD_SNAPSHOTS";

    [Fact]
    public async Task The_committed_document_is_that_of_the_server()
    {
        var path = Path.Combine(Repository.Root, "docs", "openapi.json");
        var document = (await served.Server.Client.GetStringAsync("/api/openapi.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(Record) == "1")
        {
            await File.WriteAllTextAsync(path, document);
            Assert.Fail($"Recorded {path}. Read it, then run again without recording.");
        }

        Assert.True(await File.ReadAllTextAsync(path) == document, $"{path} is not what the server answers. Record it with {Record}=1.");
    }

    [NodeProofFact("openapi-typescript")]
    public async Task A_client_generated_from_the_document_compiles_and_searches()
    {
        var start = new ProcessStartInfo("node", ["--test", "server.test.js"])
        {
            WorkingDirectory = NodeProofFactAttribute.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["IMAGESEARCH_SERVER"] = served.Server.Address.ToString();
        using var node = Process.Start(start)!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();

        Assert.True(node.ExitCode == 0, $"{await output}\n{await error}");
    }
}
