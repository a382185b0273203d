using ImageSearch.Bedrock;
using ImageSearch.Bedrock.Model;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Bedrock;

[Collection(AwsEnvironment.Collection)]
public sealed class BedrockClientTests
{
    private const string RoleArn = "arn:aws:iam::123456789012:role/batch";

    [Fact]
    public async Task A_job_is_submitted_followed_listed_and_stopped_with_nothing_set_but_the_environment()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = Environment(server);
        using var client = new BedrockClient(new BedrockConfig());

        var created = await client.CreateModelInvocationJobAsync(Request("one"), CancellationToken.None);
        var job = await client.GetModelInvocationJobAsync(new GetModelInvocationJobRequest { JobIdentifier = created.JobArn }, CancellationToken.None);
        await client.StopModelInvocationJobAsync(new StopModelInvocationJobRequest { JobIdentifier = created.JobArn }, CancellationToken.None);
        var stopped = await client.GetModelInvocationJobAsync(new GetModelInvocationJobRequest { JobIdentifier = created.JobArn }, CancellationToken.None);

        Assert.Equal(("one", ModelInvocationJobStatus.Validating, created.JobArn), (job.JobName, job.Status, job.JobArn));
        Assert.NotNull(job.SubmitTime);
        Assert.Equal(ModelInvocationJobStatus.Stopped, stopped.Status);
        Assert.NotNull(stopped.EndTime);
        Assert.All(server.Calls, call => Assert.Contains("/us-east-1/bedrock/aws4_request", call.Headers["authorization"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_is_filtered_and_comes_in_pages()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = Environment(server);
        using var client = new BedrockClient(new BedrockConfig());
        foreach (var name in new[] { "wanted-1", "wanted-2", "other", "wanted-3" })
        {
            _ = await client.CreateModelInvocationJobAsync(Request(name), CancellationToken.None);
        }

        var request = new ListModelInvocationJobsRequest { NameContains = "wanted", MaxResults = 2, StatusEquals = "Submitted", SubmitTimeAfter = DateTimeOffset.UnixEpoch };
        var first = await client.ListModelInvocationJobsAsync(request, CancellationToken.None);
        request.NextToken = first.NextToken;
        var second = await client.ListModelInvocationJobsAsync(request, CancellationToken.None);

        Assert.Equal(["wanted-3", "wanted-2"], first.InvocationJobSummaries!.Select(job => job.JobName));
        Assert.Equal(["wanted-1"], second.InvocationJobSummaries!.Select(job => job.JobName));
        Assert.Null(second.NextToken);
    }

    [Theory]
    [InlineData("AccessDeniedException", typeof(AccessDeniedException))]
    [InlineData("ConflictException", typeof(ConflictException))]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData("ServiceQuotaExceededException", typeof(ServiceQuotaExceededException))]
    [InlineData("ValidationException", typeof(ValidationException))]
    public async Task An_error_has_its_type_its_text_and_its_request(string type, Type expected)
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = Environment(server);
        using var client = new BedrockClient(new BedrockConfig());
        server.Inject(new BedrockFault.Error(type, "told to"));

        var failure = await Assert.ThrowsAnyAsync<BedrockException>(() => client.CreateModelInvocationJobAsync(Request("one"), CancellationToken.None));

        Assert.IsType(expected, failure);
        Assert.Equal("told to", failure.Message);
        Assert.NotNull(failure.RequestId);
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData("us-east-1", false, "https://bedrock.us-east-1.amazonaws.com/")]
    [InlineData("us-west-2", true, "https://bedrock-fips.us-west-2.amazonaws.com/")]
    [InlineData("cn-north-1", false, "https://bedrock.cn-north-1.amazonaws.com.cn/")]
    public void The_host_is_that_of_the_control_plane(string region, bool fips, string host)
    {
        using var environment = new AwsEnvironment(("AWS_REGION", region), ("AWS_USE_FIPS_ENDPOINT", fips ? "true" : "false"));
        var config = new BedrockConfig();

        Assert.Equal(host, config.DetermineServiceOperationEndpoint(new Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters(Stop())).URL.TrimEnd('/') + "/");
    }

    private static StopModelInvocationJobRequest Stop() => new() { JobIdentifier = "x" };

    private static AwsEnvironment Environment(FakeBedrock server) => new(
        ("AWS_ENDPOINT_URL_BEDROCK", server.Http1.ToString()), ("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "AKIDFAKEBEDROCK"), ("AWS_SECRET_ACCESS_KEY", "fake-secret"));

    private static CreateModelInvocationJobRequest Request(string name) => new()
    {
        JobName = name,
        RoleArn = RoleArn,
        ModelId = TestClient.Titan,
        InputDataConfig = new(new ModelInvocationJobS3InputDataConfig("s3://pictures-batch/in.jsonl")),
        OutputDataConfig = new(new ModelInvocationJobS3OutputDataConfig("s3://pictures-batch/out/")),
    };
}
