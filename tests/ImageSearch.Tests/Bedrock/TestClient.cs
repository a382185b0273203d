using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.EventStreams;
using ImageSearch.Bedrock;
using ImageSearch.Bedrock.Model;
using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Tests.Bedrock;

/// <summary>Clients and requests that the tests of this room share.</summary>
internal static class TestClient
{
    public const string Titan = "amazon.titan-embed-image-v1";
    public const string Claude = "us.anthropic.claude-haiku-4-5-20251001-v1:0";

    public static readonly BasicAWSCredentials Credentials = new("AKIDFAKEBEDROCK", "fake-secret");

    public static BedrockRuntimeClient Of(FakeBedrock server, TimeSpan? timeout = null, AWSCredentials? credentials = null) =>
        new(credentials ?? Credentials, Config(server.Http1, timeout));

    public static BedrockRuntimeConfig Config(Uri endpoint, TimeSpan? timeout = null, bool retriesFailures = true) => new()
    {
        ServiceURL = endpoint.ToString(),
        AuthenticationRegion = "us-east-1",
        Timeout = timeout ?? TimeSpan.FromSeconds(30),
        MaxRetryWait = TimeSpan.FromMilliseconds(1),
        RetriesFailures = retriesFailures,
    };

    public static InvokeModelRequest Embed(string text, string modelId = Titan) => new()
    {
        ModelId = modelId,
        Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { inputText = text })),
    };

    public static ConverseRequest Ask(params ContentBlock[] content) => new() { ModelId = Claude, Messages = [new("user", [.. content])] };

    public static ConverseStreamRequest AskForStream(string text) =>
        new() { ModelId = Claude, Messages = [new("user", [new ContentBlock { Text = text }])] };

    public static async Task<List<IEventStreamEvent>> CollectAsync(IAsyncEnumerable<IEventStreamEvent> events)
    {
        var all = new List<IEventStreamEvent>();
        await foreach (var item in events)
        {
            all.Add(item);
        }

        return all;
    }

    public static string TextOf(IEnumerable<IEventStreamEvent> events) =>
        string.Concat(events.OfType<ContentBlockDeltaEvent>().Select(delta => delta.Delta.Text));
}
