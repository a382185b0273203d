using System.Net;
using ImageSearch.Server.Pictures;
using ImageSearch.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Fetching by address reaches the open internet and nothing inside.</summary>
public sealed class RemotePicturesTests : IAsyncDisposable
{
    private const string Public = "93.184.216.34";
    private const int MostBytes = 100_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly byte[] Picture = TinyPicture.Bmp(1);

    private readonly ScriptedWeb _web = new();
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly RemotePictures _pictures;

    public RemotePicturesTests()
    {
        _pictures = new RemotePictures(_web.Network, MostBytes, Limit, _time);
        _web.Name("public.example", Public);
    }

    public static TheoryData<string> Inside => [.. InsideAddresses.All];

    [Fact]
    public async Task A_picture_on_the_open_internet_is_fetched_from_the_address_that_was_checked()
    {
        _web.Answer($"HTTP/1.1 200 OK\nContent-Length: {Picture.Length}", Picture);

        var bytes = await _pictures.FetchAsync("http://public.example/a.bmp", CancellationToken.None);

        Assert.Equal(Picture, bytes.ToArray());
        Assert.Equal([IPEndPoint.Parse($"{Public}:80")], _web.Connected);
    }

    [Fact]
    public async Task Where_one_address_of_a_name_does_not_answer_the_next_is_tried()
    {
        _web.Name("both.example", "2606:2800:220:1::1", Public);
        _web.Unreachable = "2606:2800:220:1::1";
        _web.Answer($"HTTP/1.1 200 OK\nContent-Length: {Picture.Length}", Picture);

        Assert.Equal(Picture, (await _pictures.FetchAsync("http://both.example/", CancellationToken.None)).ToArray());
        Assert.Equal(2, _web.Connected.Count);
    }

    [Fact]
    public void There_are_a_hundred_ways_inside_or_more() => Assert.True(InsideAddresses.All.Distinct().Count() >= 100);

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task An_address_inside_is_refused_before_any_connection(string address)
    {
        foreach (var (name, inside) in InsideAddresses.Names)
        {
            _web.Name(name, inside);
        }

        await AssertRefusedAsync(address);

        Assert.Empty(_web.Connected);
    }

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task A_redirect_inside_is_refused(string address)
    {
        foreach (var (name, inside) in InsideAddresses.Names)
        {
            _web.Name(name, inside);
        }

        // What is a path would lead on to the same server.
        _web.Redirect(address.Contains(':', StringComparison.Ordinal) || address.StartsWith("//", StringComparison.Ordinal) ? address : "http://127.0.0.1/");

        await AssertRefusedAsync("http://public.example/");

        Assert.Equal([IPEndPoint.Parse($"{Public}:80")], _web.Connected);
    }

    [Fact]
    public async Task A_name_that_has_one_address_inside_is_refused_whatever_the_others()
    {
        _web.Name("both.example", Public, "10.0.0.1");

        await AssertRefusedAsync("http://both.example/");

        Assert.Empty(_web.Connected);
    }

    [Fact]
    public async Task A_name_that_changes_its_address_is_checked_each_time_it_is_connected_to()
    {
        _web.Name("rebinding.example", Public);
        _web.Name("rebinding.example", "169.254.169.254");
        _web.Redirect("http://rebinding.example/again");

        await AssertRefusedAsync("http://rebinding.example/");

        Assert.Equal([IPEndPoint.Parse($"{Public}:80")], _web.Connected);
        Assert.Equal(2, _web.Resolved.Count);
    }

    [Fact]
    public async Task A_name_is_resolved_once_for_a_connection_so_that_there_is_nothing_to_rebind()
    {
        _web.Name("rebinding.example", Public);
        _web.Name("rebinding.example", "127.0.0.1");
        _web.Answer($"HTTP/1.1 200 OK\nContent-Length: {Picture.Length}", Picture);

        _ = await _pictures.FetchAsync("http://rebinding.example/", CancellationToken.None);

        Assert.Single(_web.Resolved);
        Assert.Equal([IPEndPoint.Parse($"{Public}:80")], _web.Connected);
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_no_fourth()
    {
        for (var hop = 0; hop < 3; hop++)
        {
            _web.Redirect($"/{hop}");
        }

        _web.Answer($"HTTP/1.1 200 OK\nContent-Length: {Picture.Length}", Picture);
        Assert.Equal(Picture, (await _pictures.FetchAsync("http://public.example/", CancellationToken.None)).ToArray());

        for (var hop = 0; hop < 4; hop++)
        {
            _web.Redirect($"/{hop}");
        }

        await AssertRefusedAsync("http://public.example/");
    }

    [Fact]
    public async Task A_body_that_says_or_turns_out_to_be_too_long_is_refused()
    {
        _web.Answer("HTTP/1.1 200 OK\nContent-Length: 10000000000", []);
        await AssertRefusedAsync("http://public.example/");

        _web.Answer(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellationToken);
            while (true)
            {
                await stream.WriteAsync(new byte[10_000], cancellationToken);
            }
        });
        await AssertRefusedAsync("http://public.example/");
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n123")]
    public async Task A_server_that_falls_silent_is_left_after_the_limit(string beginning)
    {
        var begun = new TaskCompletionSource();
        _web.Answer(async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(beginning), cancellationToken);
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        });

        var fetching = _pictures.FetchAsync("http://public.example/", CancellationToken.None);
        await begun.Task;
        _time.Advance(Limit);

        await Assert.ThrowsAsync<BadHttpRequestException>(() => fetching);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\nContent-Length: 0")]
    [InlineData("HTTP/1.1 500 Oops\nContent-Length: 0")]
    [InlineData("HTTP/1.1 302 Found\nContent-Length: 0")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 10")]
    [InlineData("SSH-2.0-OpenSSH_9.2")]
    public async Task Answers_that_hold_no_picture_are_refused(string head)
    {
        _web.Answer(head, []);

        await AssertRefusedAsync("http://public.example/");
    }

    public async ValueTask DisposeAsync()
    {
        _pictures.Dispose();
        await _web.DisposeAsync();
    }

    private async Task AssertRefusedAsync(string address)
    {
        var refusal = await Assert.ThrowsAsync<BadHttpRequestException>(() => _pictures.FetchAsync(address, CancellationToken.None));
        Assert.InRange(refusal.StatusCode, 400, 499);
        Assert.DoesNotContain("127.0.0.1", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("169.254", refusal.Message, StringComparison.Ordinal);
    }
}
