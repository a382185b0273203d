using System.Text.Json;
using ImageSearch.Bedrock.Model;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Bedrock;

[Collection(AwsEnvironment.Collection)]
public sealed class BedrockRuntimeClientTests : IDisposable
{
    private const string OnePixelPng = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private readonly AwsEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task A_model_is_invoked_and_its_answer_comes_back_with_the_request_id()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);

        var response = await client.InvokeModelAsync(TestClient.Embed("a red flower"), default);

        using var answer = await JsonDocument.ParseAsync(response.Body);
        Assert.Equal(1024, answer.RootElement.GetProperty("embedding").GetArrayLength());
        Assert.Equal("application/json", response.ContentType);
        Assert.Equal(3, response.InputTokenCount);
        Assert.Equal("00000000-0000-4000-8000-000000000001", response.RequestId);
    }

    [Theory]
    [InlineData("us.anthropic.claude-haiku-4-5-20251001-v1:0", "/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse")]
    [InlineData(
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0",
        "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse")]
    public async Task Colons_and_slashes_of_a_model_id_are_encoded_once_on_the_wire_and_once_more_in_the_signature(string modelId, string target)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        var request = TestClient.Ask(new ContentBlock { Text = "hello" });
        request.ModelId = modelId;

        await client.ConverseAsync(request, default);

        var call = Assert.Single(server.Calls);
        Assert.Equal(target, call.RawTarget);
        Assert.Equal(modelId, call.ModelId);
        Assert.Contains("/us-east-1/bedrock/aws4_request", call.Headers["authorization"]);
    }

    [Fact]
    public async Task The_headers_of_an_invocation_are_sent()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        var request = TestClient.Embed("x");
        (request.Trace, request.GuardrailIdentifier, request.GuardrailVersion) = ("ENABLED", "fakeguardrail", "1");
        (request.PerformanceConfigLatency, request.ServiceTier) = ("standard", "flex");

        await client.InvokeModelAsync(request, default);

        var headers = Assert.Single(server.Calls).Headers;
        Assert.Equal("ENABLED", headers["x-amzn-bedrock-trace"]);
        Assert.Equal("fakeguardrail", headers["x-amzn-bedrock-guardrailidentifier"]);
        Assert.Equal("1", headers["x-amzn-bedrock-guardrailversion"]);
        Assert.Equal("standard", headers["x-amzn-bedrock-performanceconfig-latency"]);
        Assert.Equal("flex", headers["x-amzn-bedrock-service-tier"]);
    }

    [Fact]
    public async Task A_conversation_about_a_picture_is_answered()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        var picture = new ContentBlock { Image = new("png", new() { Bytes = new MemoryStream(Convert.FromBase64String(OnePixelPng)) }) };

        var response = await client.ConverseAsync(TestClient.Ask(new ContentBlock { Text = "what is this" }, picture), default);

        Assert.Equal("I was shown 3 words and 1 pictures.", response.Output.Message?.Content[0].Text);
        Assert.Equal("end_turn", response.StopReason);
        Assert.True(response.Usage?.TotalTokens > 0);
    }

    [Fact]
    public async Task A_forced_tool_gets_its_schema_as_an_object_and_answers_with_input()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        var request = TestClient.Ask(new ContentBlock { Text = "rank" });
        var schema = JsonDocument.Parse("""{"type":"object","properties":{"words":{"type":"integer"}}}""").RootElement;
        request.ToolConfig = new([new(new("judge", new(schema)))], new() { Tool = new("judge") });

        var response = await client.ConverseAsync(request, default);

        var sent = JsonDocument.Parse(server.Calls[0].Body).RootElement;
        Assert.Equal(JsonValueKind.Object, sent.GetProperty("toolConfig").GetProperty("tools")[0].GetProperty("toolSpec").GetProperty("inputSchema").GetProperty("json").ValueKind);
        Assert.Equal(1, response.Output.Message?.Content[0].ToolUse?.Input.GetProperty("words").GetInt32());
        Assert.Equal("tool_use", response.StopReason);
    }

    [Fact]
    public async Task A_guardrail_is_applied_and_tokens_are_counted()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);

        var guarded = await client.ApplyGuardrailAsync(
            new() { GuardrailIdentifier = "fakeguardrail", GuardrailVersion = "1", Source = "INPUT", Content = [new() { Text = new("forbidden") }] }, default);
        var counted = await client.CountTokensAsync(
            new() { ModelId = TestClient.Claude, Input = new() { Converse = new([new("user", [new() { Text = "0123456789" }])]) } }, default);

        Assert.Equal("GUARDRAIL_INTERVENED", guarded.Action);
        Assert.Equal("Sorry, this content is blocked.", Assert.Single(guarded.Outputs!).Text);
        Assert.Equal(3, counted.InputTokens);
    }

    [ServiceModelFact]
    public async Task Every_request_has_the_shape_of_the_service_model()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        var request = TestClient.Ask(
            new ContentBlock { Text = "hello" },
            new ContentBlock { Image = new("png", new() { Bytes = new MemoryStream(Convert.FromBase64String(OnePixelPng)) }) },
            new ContentBlock { Document = new("txt", "Document", new() { Bytes = new MemoryStream([65]) }) },
            new ContentBlock { CachePoint = new("default") },
            new ContentBlock { GuardContent = new(new("guarded", ["query"])) });
        request.System = [new() { Text = "Be brief." }];
        request.InferenceConfig = new() { MaxTokens = 100, Temperature = 0.5f, TopP = 0.9f, StopSequences = ["END"] };
        request.ToolConfig = new([new(new("judge", new(JsonElement.Parse("{\"type\":\"object\"}")), "Judges."))], new() { Auto = new() });
        request.GuardrailConfig = new("fakeguardrail", "1", "enabled");
        request.OutputConfig = new(new("json_schema", new(new("{}", "answer"))));
        (request.PerformanceConfig, request.ServiceTier) = (new("standard"), new("default"));
        request.AdditionalModelRequestFields = JsonDocument.Parse("""{"top_k":5}""").RootElement;
        (request.AdditionalModelResponseFieldPaths, request.RequestMetadata) = (["/stop_sequence"], new() { ["purpose"] = "test" });

        await client.ConverseAsync(request, default);
        await client.CountTokensAsync(new() { ModelId = TestClient.Claude, Input = new() { InvokeModel = new(new MemoryStream([123, 125])) } }, default);
        await client.ApplyGuardrailAsync(
            new() { GuardrailIdentifier = "fakeguardrail", GuardrailVersion = "1", Source = "OUTPUT", Content = [new() { Text = new("x", ["query"]) }], OutputScope = "FULL" }, default);

        var model = ServiceModel.Load();
        foreach (var call in server.Calls)
        {
            Assert.Empty(model.CheckRequest(call.Operation, JsonDocument.Parse(call.Body).RootElement));
        }
    }

    [Fact]
    public async Task Over_http2_sixteen_calls_at_once_are_answered()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = new ImageSearch.Bedrock.BedrockRuntimeClient(
            TestClient.Credentials,
            new() { ServiceURL = server.Http2.ToString(), AuthenticationRegion = "us-east-1", UseHttp2 = true });

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => client.InvokeModelAsync(TestClient.Embed($"text {i}"), default)));

        Assert.Equal(16, server.Calls.Count(call => call.Protocol == "HTTP/2"));
    }
}
