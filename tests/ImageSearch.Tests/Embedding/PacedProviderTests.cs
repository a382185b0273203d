using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Bedrock;
using ImageSearch.Tests.Pacing;
using Xunit;

namespace ImageSearch.Tests.Embedding;

/// <summary>The whole chain, as hosts get it, against the stand-in.</summary>
[Collection(AwsEnvironment.Collection)]
public sealed class PacedProviderTests
{
    [Theory]
    [InlineData(EmbeddingProvider.Titan)]
    [InlineData(EmbeddingProvider.Nova)]
    [InlineData(EmbeddingProvider.Cohere)]
    public async Task One_refusal_is_one_call_because_only_the_pace_tries_again(EmbeddingProvider provider)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = EnvironmentOf(server);
        using var folder = new TempFolder();
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = folder.Path, Provider = provider }, new SkippingTimeProvider());
        server.Inject(new BedrockFault.Error("ThrottlingException", "Too many requests, please wait before trying again.") { Times = 7 });
        server.Inject(new BedrockFault.Error("ServiceUnavailableException", "busy") { Times = 2 });

        await home.TryProviderAsync(default);

        // A text and a picture, and each refusal before them.
        Assert.Equal(2 + 7 + 2, server.Calls.Count);
    }

    [Fact]
    public async Task The_quota_of_a_day_stops_at_the_first_call()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = EnvironmentOf(server);
        using var folder = new TempFolder();
        var clock = new SkippingTimeProvider();
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = folder.Path, Provider = EmbeddingProvider.Titan }, clock);
        server.Inject(new BedrockFault.Error("ThrottlingException", "Too many tokens per day, please wait before trying again."));

        var failure = await Assert.ThrowsAsync<EmbeddingException>(() => home.TryProviderAsync(default));

        Assert.Equal(EmbeddingFault.QuotaExhausted, failure.Fault);
        Assert.Single(server.Calls);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public void Indexing_may_call_as_often_at_once_as_is_set_and_the_offline_model_is_not_called()
    {
        using var folder = new TempFolder();
        using var titan = new ImageSearchHome(
            new ImageSearchOptions { Home = folder.Path, Provider = EmbeddingProvider.Titan, CallsAtOnce = 5 }, TimeProvider.System);
        using var offline = new ImageSearchHome(new ImageSearchOptions { Home = folder.Path }, TimeProvider.System);

        Assert.Equal(5, titan.Pace?.Width);
        Assert.Equal(5, titan.ExpectedCallTime()?.AtOnce);
        Assert.Null(offline.Pace);
    }

    private static AwsEnvironment EnvironmentOf(FakeBedrock server) => new(
        ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", server.Http1.ToString()),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDFAKEBEDROCK"),
        ("AWS_SECRET_ACCESS_KEY", "fake-secret"));
}
