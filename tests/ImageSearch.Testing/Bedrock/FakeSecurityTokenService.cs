using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Testing.Bedrock;

/// <summary>A stand-in for AWS STS that gives anyone with a web identity token the credentials that <see cref="FakeBedrock"/> knows.</summary>
public sealed class FakeSecurityTokenService : IAsyncDisposable
{
    private const string Answer = """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <Credentials>
              <AccessKeyId>AKIDFAKEBEDROCK</AccessKeyId>
              <SecretAccessKey>fake-secret</SecretAccessKey>
              <SessionToken>fake-session</SessionToken>
              <Expiration>2099-01-01T00:00:00Z</Expiration>
            </Credentials>
          </AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>
        """;

    private readonly WebApplication _application;

    private FakeSecurityTokenService(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public string Address => _application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<FakeSecurityTokenService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.Run(async context =>
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            context.Response.StatusCode = form["Action"] == "AssumeRoleWithWebIdentity" && form["WebIdentityToken"].ToString().Length > 0
                ? StatusCodes.Status200OK
                : StatusCodes.Status400BadRequest;
            context.Response.ContentType = "text/xml";
            await context.Response.WriteAsync(Answer, context.RequestAborted);
        });
        await application.StartAsync();
        return new FakeSecurityTokenService(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
