using ImageSearch.Testing.Qdrant;
using ImageSearch.Testing.Qdrant.OpenApi;

namespace ImageSearch.Testing.Children;

/// <summary>A process that is a Qdrant server to others, to be killed and started again.</summary>
public static class FakeQdrantChild
{
    /// <summary>
    /// Arguments: folder, port (0 for a free one), and if wanted the version to report and the API key. Keeps every write in the folder
    /// before it answers, says its address, and serves until its standard input ends or it is killed. What breaks the OpenAPI document
    /// of the newest version is told by <c>GET /_fake/violations</c>.
    /// </summary>
    public const string Serve = "serve-qdrant";

    internal static async Task ServeAsync(string[] arguments)
    {
        var options = new FakeQdrantOptions
        {
            Folder = arguments[0],
            Port = int.Parse(arguments[1]),
            RemembersCalls = false,
            Validation = OpenApiDocument.Find("1.19"),
        };
        await using var server = await FakeQdrant.StartAsync(options with
        {
            Version = arguments.ElementAtOrDefault(2) ?? options.Version,
            ApiKey = arguments.ElementAtOrDefault(3),
        });
        await Console.Out.WriteLineAsync($"{server.Url}");
        await Console.In.ReadToEndAsync();
    }
}
