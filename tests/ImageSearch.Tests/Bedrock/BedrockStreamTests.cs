using System.Text.Json;
using Amazon.Runtime.EventStreams;
using ImageSearch.Bedrock;
using ImageSearch.Bedrock.Model;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Bedrock;

[Collection(AwsEnvironment.Collection)]
public sealed class BedrockStreamTests : IDisposable
{
    private readonly AwsEnvironment _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task A_conversation_arrives_as_events_without_the_padding()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);

        using var response = await client.ConverseStreamAsync(TestClient.AskForStream("hello there"), default);
        var events = await TestClient.CollectAsync(response.ReadAsync(default));

        Assert.IsType<MessageStartEvent>(events[0]);
        Assert.Equal("I was shown 2 words and 0 pictures.", TestClient.TextOf(events));
        Assert.Equal(new MessageStopEvent("end_turn"), events[^2]);
        Assert.True(Assert.IsType<ConverseStreamMetadataEvent>(events[^1]).Usage.TotalTokens > 0);
    }

    [Fact]
    public async Task The_input_of_a_tool_arrives_in_pieces()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        var request = TestClient.AskForStream("rank");
        request.ToolConfig = new([new(new("judge", new(JsonElement.Parse("{\"type\":\"object\"}"))))], new() { Tool = new("judge") });

        using var response = await client.ConverseStreamAsync(request, default);
        var events = await TestClient.CollectAsync(response.ReadAsync(default));

        Assert.Equal("judge", events.OfType<ContentBlockStartEvent>().Single().Start.ToolUse?.Name);
        Assert.Equal("""{"words":1,"pictures":0}""", string.Concat(events.OfType<ContentBlockDeltaEvent>().Select(delta => delta.Delta.ToolUse?.Input)));
    }

    [Fact]
    public async Task An_invoked_model_answers_in_chunks()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        var request = new InvokeModelWithResponseStreamRequest { ModelId = TestClient.Claude, Body = new MemoryStream("""{"prompt":"two words"}"""u8.ToArray()) };

        using var response = await client.InvokeModelWithResponseStreamAsync(request, default);
        var parts = await TestClient.CollectAsync(response.ReadAsync(default));

        Assert.Equal("application/json", response.ContentType);
        var text = parts.Cast<PayloadPart>().Select(part => JsonDocument.Parse(part.Bytes).RootElement.GetProperty("outputText").GetString());
        Assert.Equal("I was shown 2 words and 0 pictures.", string.Concat(text));
    }

    [Fact]
    public async Task A_stream_cut_at_any_byte_is_never_taken_for_a_whole_answer()
    {
        var whole = await RecordStreamAsync();
        var needed = await LengthUpToMessageStopAsync(whole);

        for (var length = 0; length < whole.Length; length++)
        {
            var read = TestClient.CollectAsync(Events(new MemoryStream(whole, 0, length)));
            // Past messageStop the answer is whole, and a cut between two frames can only lose the statistics.
            if (length == needed)
            {
                await read;
            }
            else
            {
                await Assert.ThrowsAsync<BedrockException>(() => read);
            }
        }
    }

    [Fact]
    public async Task A_stream_with_any_one_byte_changed_is_refused()
    {
        var whole = await RecordStreamAsync();
        for (var position = 0; position < whole.Length; position++)
        {
            var changed = whole.ToArray();
            changed[position] ^= 0x20;

            await Assert.ThrowsAsync<BedrockException>(() => TestClient.CollectAsync(Events(new MemoryStream(changed))));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_ends_inside_a_stream_is_a_transient_error(bool withReset)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        // A reset can overtake the headers that were sent before it; the call is then tried again, and must fail again.
        server.Inject(new BedrockFault.Cut(500, withReset) { Times = 100 });

        var exception = await Assert.ThrowsAsync<BedrockException>(async () =>
        {
            using var response = await client.ConverseStreamAsync(TestClient.AskForStream("hello"), default);
            await TestClient.CollectAsync(response.ReadAsync(default));
        });

        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task An_unknown_event_is_left_out()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.StreamUnknownEvent(1));

        using var response = await client.ConverseStreamAsync(TestClient.AskForStream("hello"), default);

        Assert.Equal("I was shown 1 words and 0 pictures.", TestClient.TextOf(await TestClient.CollectAsync(response.ReadAsync(default))));
    }

    [Fact]
    public async Task Events_before_an_exception_in_the_stream_are_handed_over_and_the_exception_has_its_type()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.StreamException(3, "throttlingException", "Too many tokens, please wait before trying again."));
        var seen = new List<IEventStreamEvent>();

        using var response = await client.ConverseStreamAsync(TestClient.AskForStream("hello"), default);
        var exception = await Assert.ThrowsAsync<ThrottlingException>(async () =>
        {
            await foreach (var item in response.ReadAsync(default))
            {
                seen.Add(item);
            }
        });

        Assert.Equal(3, seen.Count);
        Assert.Equal("Too many tokens, please wait before trying again.", exception.Message);
        Assert.Equal(response.RequestId, exception.RequestId);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task An_error_frame_and_an_oversized_frame_end_the_stream_with_an_error()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.StreamError(1, "InternalFailure", "gone"));
        server.Inject(new BedrockFault.StreamOversized(1));

        using var failing = await client.ConverseStreamAsync(TestClient.AskForStream("hello"), default);
        var failure = await Assert.ThrowsAsync<BedrockException>(() => TestClient.CollectAsync(failing.ReadAsync(default)));
        using var oversized = await client.ConverseStreamAsync(TestClient.AskForStream("hello"), default);
        await Assert.ThrowsAsync<BedrockException>(() => TestClient.CollectAsync(oversized.ReadAsync(default)));

        Assert.Equal(("InternalFailure", "gone"), (failure.ErrorCode, failure.Message));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_a_waiting_stream_is_a_cancellation_and_tells_the_server(bool http2)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = Client(server, http2);
        using var cancellation = new CancellationTokenSource();
        server.Inject(new BedrockFault.StreamPause(2));

        using var response = await client.ConverseStreamAsync(TestClient.AskForStream("hello"), default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in response.ReadAsync(cancellation.Token))
            {
                if (item is ContentBlockDeltaEvent)
                {
                    await cancellation.CancelAsync();
                }
            }
        });

        response.Dispose();
        await server.Calls[0].ClientLeft.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leaving_a_stream_early_stops_the_model(bool http2)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = Client(server, http2);
        server.Inject(new BedrockFault.StreamPause(2));

        var response = await client.ConverseStreamAsync(TestClient.AskForStream("hello"), default);
        await foreach (var item in response.ReadAsync(default))
        {
            break;
        }

        response.Dispose();
        await server.Calls[0].ClientLeft.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_silent_stream_ends_with_an_error_that_says_how_long_it_was_silent()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = new BedrockRuntimeClient(
            TestClient.Credentials,
            new() { ServiceURL = server.Http1.ToString(), AuthenticationRegion = "us-east-1", StreamIdleTimeout = TimeSpan.FromSeconds(0.2) });
        server.Inject(new BedrockFault.StreamPause(2));

        using var response = await client.ConverseStreamAsync(TestClient.AskForStream("hello"), default);
        var exception = await Assert.ThrowsAsync<BedrockException>(() => TestClient.CollectAsync(response.ReadAsync(default)));

        Assert.Equal("The stream was silent for 0.2 seconds.", exception.Message);
        Assert.True(exception.IsTransient);
    }

    private static BedrockRuntimeClient Client(FakeBedrock server, bool http2) => new(
        TestClient.Credentials,
        new() { ServiceURL = (http2 ? server.Http2 : server.Http1).ToString(), AuthenticationRegion = "us-east-1", UseHttp2 = http2 });

    private static IAsyncEnumerable<IEventStreamEvent> Events(Stream stream) => ResponseEvents.OfConverse(
        EventStreamReader.ReadAsync(stream, TimeSpan.FromSeconds(60), TimeProvider.System, default), null, default);

    private static async Task<byte[]> RecordStreamAsync()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Http1 };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "fake-api-key");
        var answer = await http.PostAsync(
            $"model/{Uri.EscapeDataString(TestClient.Claude)}/converse-stream",
            new StringContent("""{"messages":[{"role":"user","content":[{"text":"hello"}]}]}"""));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<int> LengthUpToMessageStopAsync(byte[] whole)
    {
        var stream = new MemoryStream(whole);
        await foreach (var item in Events(stream))
        {
            if (item is MessageStopEvent)
            {
                return (int)stream.Position;
            }
        }

        throw new InvalidOperationException("the recorded stream has no messageStop");
    }
}
