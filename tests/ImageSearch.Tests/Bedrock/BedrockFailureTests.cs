using System.Net;
using Amazon.Runtime;
using ImageSearch.Bedrock;
using ImageSearch.Bedrock.Model;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Bedrock;

[Collection(AwsEnvironment.Collection)]
public sealed class BedrockFailureTests : IDisposable
{
    private readonly AwsEnvironment _environment = new();

    public static TheoryData<BedrockFault> PassingFaults => new(
        new BedrockFault.Error("ThrottlingException", "Too many requests, please wait before trying again."),
        new BedrockFault.Error("ServiceUnavailableException", "busy"),
        new BedrockFault.Error("InternalServerException", "broken"),
        new BedrockFault.Answer(502, "text/html", "<html>Bad Gateway</html>"),
        new BedrockFault.Reset(),
        new BedrockFault.Cut(10, WithReset: true));

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData("ThrottlingException", typeof(ThrottlingException), 429, 3, true)]
    [InlineData("ModelNotReadyException", typeof(ModelNotReadyException), 429, 3, true)]
    [InlineData("ServiceUnavailableException", typeof(ServiceUnavailableException), 503, 3, true)]
    [InlineData("InternalServerException", typeof(InternalServerException), 500, 3, true)]
    [InlineData("ModelTimeoutException", typeof(ModelTimeoutException), 408, 1, true)]
    [InlineData("ModelErrorException", typeof(ModelErrorException), 424, 1, false)]
    [InlineData("ModelStreamErrorException", typeof(ModelStreamErrorException), 424, 1, false)]
    [InlineData("ServiceQuotaExceededException", typeof(ServiceQuotaExceededException), 400, 1, false)]
    [InlineData("ValidationException", typeof(ValidationException), 400, 1, false)]
    [InlineData("ConflictException", typeof(ConflictException), 400, 1, false)]
    [InlineData("AccessDeniedException", typeof(AccessDeniedException), 403, 1, false)]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException), 404, 1, false)]
    public async Task Each_error_of_the_service_has_its_type_and_is_retried_as_the_official_clients_do(
        string name, Type type, int status, int attempts, bool isTransient)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.Error(name, $"text of {name}") { Times = attempts });

        var exception = await Assert.ThrowsAnyAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.IsType(type, exception);
        Assert.Equal((name, $"text of {name}", (HttpStatusCode)status, isTransient), (exception.ErrorCode, exception.Message, exception.StatusCode, exception.IsTransient));
        Assert.Equal($"00000000-0000-4000-8000-{attempts:D12}", exception.RequestId);
        Assert.Equal(attempts, server.Calls.Count);
    }

    [Fact]
    public async Task A_throttle_is_retried_even_where_the_environment_asks_for_the_adaptive_mode()
    {
        using var environment = new AwsEnvironment(("AWS_RETRY_MODE", "adaptive"));
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.Error("ThrottlingException", "Too many requests, please wait before trying again."));

        await client.InvokeModelAsync(TestClient.Embed("x"), default);

        Assert.Equal(2, server.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Where_the_caller_tries_again_a_failure_that_may_pass_comes_through_at_the_first_attempt(BedrockFault fault)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = new BedrockRuntimeClient(TestClient.Credentials, TestClient.Config(server.Http1, retriesFailures: false));
        server.Inject(fault);

        var exception = await Assert.ThrowsAnyAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.True(exception.IsTransient);
        Assert.Single(server.Calls);
        await client.InvokeModelAsync(TestClient.Embed("x"), default);
    }

    [Theory]
    [InlineData("Too many tokens per day, please wait before trying again.", true)]
    [InlineData("Too many tokens, please wait before trying again.", false)]
    public async Task A_used_up_day_is_told_from_a_momentary_throttle(string message, bool isDaily)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.Error("ThrottlingException", message, RetryAfter: "7") { Times = 3 });

        var exception = await Assert.ThrowsAsync<ThrottlingException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.Equal(isDaily, exception.IsDailyQuota);
        Assert.Equal(TimeSpan.FromSeconds(7), exception.RetryAfter);
    }

    [Fact]
    public async Task A_type_that_stands_only_in_the_body_is_understood()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.Error("AccessDeniedException", "no", TypeInBody: true));

        await Assert.ThrowsAsync<AccessDeniedException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_retried_by_its_status_and_never_shown()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.Answer(502, "text/html", "<html><b>Bad Gateway</b></html>") { Times = 3 });

        var exception = await Assert.ThrowsAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.Equal(3, server.Calls.Count);
        Assert.Null(exception.ErrorCode);
        Assert.Equal("The service answered 502 BadGateway without saying why.", exception.Message);
        Assert.True(exception.IsTransient);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public async Task An_answer_that_is_reset_midway_is_asked_for_again(int bytes)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.Cut(bytes, WithReset: true));

        var response = await client.InvokeModelAsync(TestClient.Embed("x"), default);

        Assert.Equal(2, server.Calls.Count);
        Assert.True(response.Body.Length > 5000);
    }

    [Fact]
    public async Task A_connection_that_is_always_reset_is_a_transient_error_that_names_the_endpoint()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        server.Inject(new BedrockFault.Reset { Times = 100 });

        var exception = await Assert.ThrowsAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.True(exception.IsTransient);
        Assert.Contains(server.Http1.ToString(), exception.Message);
        Assert.Equal(3, server.Calls.Count);
    }

    [Fact]
    public async Task A_conversation_cut_off_with_a_regular_end_is_an_error_at_every_length()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        var request = TestClient.Ask(new ContentBlock { Text = "hello" });
        var whole = await WholeLengthAsync(server);
        for (var bytes = 0; bytes < whole; bytes++)
        {
            server.Inject(new BedrockFault.Cut(bytes, WithReset: false));

            var exception = await Assert.ThrowsAsync<BedrockException>(() => client.ConverseAsync(request, default));

            Assert.True(exception.IsTransient);
        }

        Assert.Equal("end_turn", (await client.ConverseAsync(request, default)).StopReason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task An_answer_that_stalls_in_its_body_runs_into_the_timeout_and_is_retried(int bytes)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server, TimeSpan.FromSeconds(1.5));
        await client.InvokeModelAsync(TestClient.Embed("x"), default);
        server.Inject(new BedrockFault.Stall(bytes) { Times = 100 });

        var exception = await Assert.ThrowsAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.True(exception.IsTransient);
        Assert.Contains("did not answer within 1.5 seconds", exception.Message);
        Assert.True(server.Calls.Count > 2);
    }

    [Fact]
    public async Task A_conversation_that_times_out_is_not_paid_for_again()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server, TimeSpan.FromSeconds(1.5));
        server.Inject(new BedrockFault.Hang { Times = 3 });

        await Assert.ThrowsAsync<BedrockException>(() => client.ConverseAsync(TestClient.Ask(new ContentBlock { Text = "hello" }), default));

        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Cancelling_a_call_is_a_cancellation_and_tells_the_server()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var client = TestClient.Of(server);
        using var cancellation = new CancellationTokenSource();
        server.Inject(new BedrockFault.Stall(10));

        var call = client.InvokeModelAsync(TestClient.Embed("x"), cancellation.Token);
        while (server.Calls.Count == 0)
        {
            await Task.Yield();
        }

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await server.Calls[0].ClientLeft.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("AKIDFAKEBEDROCK", "wrong", null, "InvalidSignatureException")]
    [InlineData("AKIDNOBODY", "fake-secret", null, "UnrecognizedClientException")]
    [InlineData("AKIDFAKEBEDROCK", "fake-secret", "old", "ExpiredTokenException")]
    public async Task Credentials_that_are_refused_are_an_error_without_a_secret_in_it(string keyId, string secret, string? session, string code)
    {
        await using var server = await FakeBedrock.StartAsync();
        AWSCredentials credentials = session is null ? new BasicAWSCredentials(keyId, secret) : new SessionAWSCredentials(keyId, secret, session);
        using var client = TestClient.Of(server, credentials: credentials);

        var exception = await Assert.ThrowsAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.Equal((code, HttpStatusCode.Forbidden, false), (exception.ErrorCode, exception.StatusCode, exception.IsTransient));
        Assert.DoesNotContain(secret, exception.ToString());
    }

    private static async Task<long> WholeLengthAsync(FakeBedrock server)
    {
        using var http = new HttpClient { BaseAddress = server.Http1 };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "fake-api-key");
        var answer = await http.PostAsync(
            $"model/{Uri.EscapeDataString(TestClient.Claude)}/converse",
            new StringContent("""{"messages":[{"role":"user","content":[{"text":"hello"}]}]}"""));
        return answer.Content.Headers.ContentLength!.Value;
    }
}
