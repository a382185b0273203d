using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImageSearch.Bedrock;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Bedrock;

/// <summary>The stand-in's answers and statuses are held to the service model.</summary>
public sealed class FakeBedrockShapeTests
{
    private const string Claude = "us.anthropic.claude-haiku-4-5-20251001-v1%3A0";
    private const string Message = """{"role":"user","content":[{"text":"hello"}]}""";

    [ServiceModelFact]
    public async Task Every_whole_answer_has_the_shape_of_the_service_model()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var http = Client(server);
        var model = ServiceModel.Load();
        var tool = """{"tools":[{"toolSpec":{"name":"judge","inputSchema":{"json":{"type":"object"}}}}],"toolChoice":{"tool":{"name":"judge"}}}""";
        (string Operation, string Path, string Body)[] calls =
        [
            ("Converse", $"model/{Claude}/converse", $$"""{"messages":[{{Message}}]}"""),
            ("Converse", $"model/{Claude}/converse", $$$"""{"messages":[{{{Message}}}],"toolConfig":{{{tool}}} }"""),
            ("CountTokens", $"model/{Claude}/count-tokens", $$$"""{"input":{"converse":{"messages":[{{{Message}}}] } } }"""),
            ("ApplyGuardrail", "guardrail/fakeguardrail/version/1/apply", """{"source":"INPUT","content":[{"text":{"text":"fine"}}]}"""),
            ("ApplyGuardrail", "guardrail/fakeguardrail/version/1/apply", """{"source":"OUTPUT","content":[{"text":{"text":"forbidden"}}]}"""),
        ];
        foreach (var (operation, path, body) in calls)
        {
            Assert.Empty(model.CheckRequest(operation, JsonDocument.Parse(body).RootElement));

            var answer = await http.PostAsync(path, new StringContent(body));

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Empty(model.CheckResponse(operation, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement));
        }
    }

    [ServiceModelFact]
    public async Task Every_event_of_a_stream_has_the_shape_of_the_service_model_beside_its_padding()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var http = Client(server);
        var model = ServiceModel.Load();
        var tool = """{"tools":[{"toolSpec":{"name":"judge","inputSchema":{"json":{"type":"object"}}}}],"toolChoice":{"tool":{"name":"judge"}}}""";
        (string Path, string Body, string Shape)[] calls =
        [
            ($"model/{Claude}/converse-stream", $$"""{"messages":[{{Message}}]}""", "ConverseStreamOutput"),
            ($"model/{Claude}/converse-stream", $$$"""{"messages":[{{{Message}}}],"toolConfig":{{{tool}}} }""", "ConverseStreamOutput"),
            ($"model/{Claude}/invoke-with-response-stream", """{"prompt":"two words"}""", "ResponseStream"),
        ];
        foreach (var (path, body, shape) in calls)
        {
            var answer = await http.PostAsync(path, new StringContent(body));
            var frames = EventStreamReader.ReadAsync(await answer.Content.ReadAsStreamAsync(), TimeSpan.FromSeconds(60), TimeProvider.System, default);
            await foreach (var frame in frames)
            {
                var payload = JsonNode.Parse(frame.Payload)!.AsObject();
                Assert.True(payload.Remove("p"));
                var streamEvent = new JsonObject { [frame.Headers[":event-type"].AsString()] = payload };

                Assert.Empty(model.Check(shape, JsonSerializer.SerializeToElement(streamEvent)));
            }
        }
    }

    [ServiceModelFact]
    public async Task Every_operation_has_the_path_and_every_error_the_status_of_the_service_model()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var http = Client(server);
        var model = ServiceModel.Load();
        string[] operations = ["InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream", "ApplyGuardrail", "CountTokens"];
        foreach (var operation in operations)
        {
            var route = model.Route(operation).Split(' ');
            var path = route[1].Replace("{modelId}", "m").Replace("{guardrailIdentifier}", "g").Replace("{guardrailVersion}", "1");
            foreach (var (type, status) in model.Errors(operation))
            {
                server.Inject(new BedrockFault.Error(type, "text"));

                var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(route[0]), path));

                Assert.Equal(status, (int)answer.StatusCode);
                Assert.StartsWith(type + ":", answer.Headers.GetValues("x-amzn-ErrorType").Single());
                Assert.Equal(operation, server.Calls[^1].Operation);
            }
        }
    }

    private static HttpClient Client(FakeBedrock server)
    {
        var http = new HttpClient { BaseAddress = server.Http1 };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "fake-api-key");
        return http;
    }
}
