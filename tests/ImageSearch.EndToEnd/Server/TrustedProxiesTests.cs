using ImageSearch.Server.Safety;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Who counts as the client of a request that came by way of proxies.</summary>
public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData(null, "203.0.113.9", "127.0.0.1 http")]
    [InlineData("192.0.2.1, 10.0.0.0/8", "203.0.113.9", "127.0.0.1 http")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9 https")]
    [InlineData("127.0.0.0/8, ::1", "203.0.113.9", "203.0.113.9 https")]
    [InlineData("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9 https")]
    [InlineData("127.0.0.1, 10.0.0.0/8", "198.51.100.7, 203.0.113.9, 10.1.2.3", "203.0.113.9 https")]
    [InlineData("127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64 https")]
    [InlineData("127.0.0.1", "nobody", "127.0.0.1 http")]
    [InlineData("127.0.0.1", null, "127.0.0.1 http")]
    public async Task The_client_is_the_last_one_before_the_proxies_that_are_trusted(string? trusted, string? forwardedFor, string expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseTrustedProxies(new SafetyOptions { TrustedProxies = trusted });
        app.Run(context => context.Response.WriteAsync($"{ClientName.Of(context)} {context.Request.Scheme}"));
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        if (forwardedFor is not null)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", string.Join(", ", forwardedFor.Split(',').Select(_ => "https")));
        }

        Assert.Equal(expected, await client.GetStringAsync("/"));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.0/8, 2001:db8::/32,::1", true)]
    [InlineData("", true)]
    [InlineData("proxy.example", false)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("10.0.0.0/8, all", false)]
    public void A_setting_that_names_no_addresses_is_refused(string text, bool isTaken) => Assert.Equal(isTaken, TrustedProxies.AreNetworks(text));
}
