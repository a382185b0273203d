using Amazon.Runtime;
using ImageSearch.Bedrock;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.Tests.Bedrock;

[Collection(BearerKeyAlone.Name)]
public sealed class BedrockConfigurationTests
{
    [Theory]
    [InlineData("us-east-1", false, false, "https://bedrock-runtime.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", true, false, "https://bedrock-runtime-fips.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", false, true, "https://bedrock-runtime.us-east-1.api.aws")]
    [InlineData("us-east-1", true, true, "https://bedrock-runtime-fips.us-east-1.api.aws")]
    [InlineData("cn-north-1", false, false, "https://bedrock-runtime.cn-north-1.amazonaws.com.cn")]
    [InlineData("cn-north-1", false, true, "https://bedrock-runtime.cn-north-1.api.amazonwebservices.com.cn")]
    [InlineData("us-gov-west-1", true, false, "https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com")]
    public void The_host_follows_region_fips_and_dual_stack(string region, bool fips, bool dualStack, string url)
    {
        using var environment = new AwsEnvironment();
        var config = new BedrockRuntimeConfig { RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips, UseDualstackEndpoint = dualStack };

        Assert.Equal(url, config.DetermineServiceOperationEndpoint(new(TestClient.Embed("x"))).URL.TrimEnd('/'));
    }

    [Theory]
    [InlineData(true, false, "FIPS")]
    [InlineData(false, true, "Dual-stack")]
    public async Task An_own_endpoint_excludes_fips_and_dual_stack(bool fips, bool dualStack, string word)
    {
        using var environment = new AwsEnvironment();
        var config = TestClient.Config(new Uri("http://127.0.0.1:1"));
        (config.UseFIPSEndpoint, config.UseDualstackEndpoint) = (fips, dualStack);
        using var client = new BedrockRuntimeClient(TestClient.Credentials, config);

        var exception = await Assert.ThrowsAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.Contains(word, exception.Message);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task Environment_variables_alone_are_enough()
    {
        await using var server = await FakeBedrock.StartAsync(new() { Region = "eu-west-1" });
        using var environment = new AwsEnvironment(
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "AKIDFAKEBEDROCK"),
            ("AWS_SECRET_ACCESS_KEY", "fake-secret"),
            ("AWS_SESSION_TOKEN", "fake-session"),
            ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", server.Http1.ToString()));
        using var client = new BedrockRuntimeClient(new());

        await client.InvokeModelAsync(TestClient.Embed("x"), default);

        Assert.Contains("/eu-west-1/bedrock/", Assert.Single(server.Calls).Headers["authorization"]);
    }

    [Fact]
    public async Task A_profile_in_the_shared_files_is_enough()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = new AwsEnvironment(
            ("AWS_PROFILE", AwsEnvironment.Profile),
            ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", server.Http1.ToString()));
        using var client = new BedrockRuntimeClient(new());

        await client.InvokeModelAsync(TestClient.Embed("x"), default);

        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task An_api_key_goes_before_given_credentials()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = new AwsEnvironment(("AWS_BEARER_TOKEN_BEDROCK", "fake-api-key"));
        using var client = new BedrockRuntimeClient(TestClient.Credentials, Trusting(server));

        await client.InvokeModelAsync(TestClient.Embed("x"), default);

        Assert.Equal("Bearer fake-api-key", Assert.Single(server.Calls).Headers["authorization"]);
    }

    [Fact]
    public async Task A_wrong_api_key_is_refused_and_not_shown()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = new AwsEnvironment(("AWS_BEARER_TOKEN_BEDROCK", "a-wrong-key"));
        using var client = new BedrockRuntimeClient(Trusting(server));

        var exception = await Assert.ThrowsAsync<AccessDeniedException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.DoesNotContain("a-wrong-key", exception.ToString());
    }

    [Fact]
    public async Task An_api_key_is_never_sent_in_clear_text()
    {
        await using var server = await FakeBedrock.StartAsync();
        using var environment = new AwsEnvironment(("AWS_BEARER_TOKEN_BEDROCK", "fake-api-key"));
        using var client = TestClient.Of(server);

        var exception = await Assert.ThrowsAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.Empty(server.Calls);
        Assert.DoesNotContain("fake-api-key", exception.ToString());
    }

    [Fact]
    public async Task Without_credentials_the_error_says_so()
    {
        using var environment = new AwsEnvironment(("AWS_REGION", "us-east-1"));
        using var client = new BedrockRuntimeClient(new() { ServiceURL = "http://127.0.0.1:1" });

        var exception = await Assert.ThrowsAsync<BedrockException>(() => client.InvokeModelAsync(TestClient.Embed("x"), default));

        Assert.Contains("credentials", exception.Message);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public void Without_a_region_the_error_names_the_variable()
    {
        using var environment = new AwsEnvironment();

        var exception = Assert.Throws<BedrockException>(() => new BedrockRuntimeClient(TestClient.Credentials, new()));

        Assert.Contains("AWS_REGION", exception.Message);
    }

    [Fact]
    public async Task A_role_is_assumed_with_a_web_identity()
    {
        await using var server = await FakeBedrock.StartAsync();
        await using var tokens = await FakeSecurityTokenService.StartAsync();
        var tokenFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(tokenFile, "a web identity token");
        using var environment = new AwsEnvironment(
            ("AWS_REGION", "us-east-1"),
            ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pictures"),
            ("AWS_ROLE_SESSION_NAME", "imagesearch"),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", tokenFile),
            ("AWS_ENDPOINT_URL_STS", tokens.Address),
            ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", server.Http1.ToString()));
        using var client = new BedrockRuntimeClient(new());

        await client.InvokeModelAsync(TestClient.Embed("x"), default);

        Assert.Equal("fake-session", Assert.Single(server.Calls).Headers["x-amz-security-token"]);
        File.Delete(tokenFile);
    }

    [Theory]
    [InlineData("AWSSDK.SecurityToken", "Amazon.SecurityToken.AmazonSecurityTokenServiceClient")]
    [InlineData("AWSSDK.SSO", "Amazon.SSO.AmazonSSOClient")]
    [InlineData("AWSSDK.SSOOIDC", "Amazon.SSOOIDC.AmazonSSOOIDCClient")]
    public void Roles_and_single_sign_on_find_the_assemblies_that_they_load_by_name(string assembly, string type) =>
        Assert.NotNull(System.Reflection.Assembly.Load(assembly).GetType(type));

    [Fact]
    public void The_core_is_the_version_that_this_client_was_proven_with() =>
        Assert.Equal(
            "4.0.102.18",
            System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(AmazonServiceClient).Assembly.Location).FileVersion);

    private static BedrockRuntimeConfig Trusting(FakeBedrock server) => new()
    {
        ServiceURL = server.Tls.ToString(),
        AuthenticationRegion = "us-east-1",
        ConfigureHandler = handler => handler.SslOptions.RemoteCertificateValidationCallback =
            (_, certificate, _, _) => certificate?.GetCertHashString() == server.Certificate.GetCertHashString(),
    };
}
