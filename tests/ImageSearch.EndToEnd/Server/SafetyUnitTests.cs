using System.Net;
using ImageSearch.Server.Pictures;
using ImageSearch.Server.Safety;
using ImageSearch.Settings;
using ImageSearch.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>The rules of safety, each on its own.</summary>
public sealed class SafetyUnitTests
{
    private const string ReadKey = "read-0123456789abcdef";
    private const string WriteKey = "write-0123456789abcdef";

    [Theory]
    [InlineData("http://127.0.0.1:80", null, nameof(AnonymousAccess.Auto), nameof(Access.Write))]
    [InlineData("http://[::1]:80", null, nameof(AnonymousAccess.Auto), nameof(Access.Write))]
    [InlineData("http://localhost:80", null, nameof(AnonymousAccess.Auto), nameof(Access.Write))]
    [InlineData("http://127.0.0.1:80", ReadKey, nameof(AnonymousAccess.Auto), nameof(Access.Nothing))]
    [InlineData("http://0.0.0.0:80", ReadKey, nameof(AnonymousAccess.Auto), nameof(Access.Nothing))]
    [InlineData("http://0.0.0.0:80", null, nameof(AnonymousAccess.Read), nameof(Access.Read))]
    [InlineData("http://0.0.0.0:80", ReadKey, nameof(AnonymousAccess.Read), nameof(Access.Read))]
    [InlineData("http://[::]:80", null, nameof(AnonymousAccess.Write), nameof(Access.Write))]
    public void Without_a_key_one_may_do_what_is_safe(string listen, string? key, string chosen, string expected)
    {
        var options = new SafetyOptions { ReadKey = key, Anonymous = Enum.Parse<AnonymousAccess>(chosen) };

        Assert.Equal(expected, ListenAddress.AnonymousAccess(listen, options, new ApiKeys(options)).ToString());
    }

    [Theory]
    [InlineData("http://0.0.0.0:80")]
    [InlineData("http://[::]:80")]
    [InlineData("http://192.168.1.2:80")]
    [InlineData("http://example.org:80")]
    [InlineData("http://127.0.0.1.example.org:80")]
    public void An_open_address_needs_a_key_or_a_choice(string listen)
    {
        var refusal = Assert.Throws<SettingException>(() => ListenAddress.AnonymousAccess(listen, new SafetyOptions(), new ApiKeys(new SafetyOptions())));

        Assert.Contains("Server:ReadKey", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_come_from_settings_and_files_and_open_what_they_are_for()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "keys");
        File.WriteAllText(file, "file-0123456789abcdef\n\nfile-fedcba9876543210\r\n");
        var keys = new ApiKeys(new SafetyOptions { ReadKey = $"{ReadKey}, other-0123456789abcdef", WriteKey = WriteKey, WriteKeyFile = file });

        Assert.Equal(Access.Read, keys.AccessOf(ReadKey));
        Assert.Equal(Access.Read, keys.AccessOf("other-0123456789abcdef"));
        Assert.Equal(Access.Write, keys.AccessOf(WriteKey));
        Assert.Equal(Access.Write, keys.AccessOf("file-fedcba9876543210"));
        Assert.All(["", ReadKey[..^1], ReadKey + " ", $"{ReadKey},{WriteKey}", ReadKey.ToUpperInvariant()], wrong => Assert.Equal(Access.Nothing, keys.AccessOf(wrong)));
    }

    [Fact]
    public void A_short_key_an_empty_file_and_a_missing_one_are_refused_without_telling_the_key()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "keys");
        File.WriteAllText(file, "\n");

        var refusal = Assert.Throws<SettingException>(() => new ApiKeys(new SafetyOptions { ReadKey = "hunter2" }));
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
        _ = Assert.Throws<SettingException>(() => new ApiKeys(new SafetyOptions { ReadKeyFile = file }));
        _ = Assert.Throws<SettingException>(() => new ApiKeys(new SafetyOptions { ReadKeyFile = file + "-missing" }));
    }

    [Fact]
    public void A_session_opens_what_its_key_did_until_it_is_over_and_cannot_be_made_up()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var sessions = new SessionTokens(time);
        var token = sessions.Issue(Access.Read);

        Assert.Equal(Access.Read, sessions.AccessOf(token));
        Assert.Equal(Access.Nothing, new SessionTokens(time).AccessOf(token));
        for (var at = 0; at < token.Length; at++)
        {
            var forged = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Assert.True(sessions.AccessOf(forged) == Access.Nothing || at == token.Length - 1, $"A change at {at} was not noticed.");
        }

        Assert.All(["", "A", token + "A", token[..^2], new string('A', 10_000), "££££"], wrong => Assert.Equal(Access.Nothing, sessions.AccessOf(wrong)));
        time.Advance(SessionTokens.Lifetime);
        Assert.Equal(Access.Nothing, sessions.AccessOf(token));
    }

    [Theory]
    [InlineData("http://127.0.0.1:80", null, "127.0.0.1", true)]
    [InlineData("http://127.0.0.1:80", null, "localhost", true)]
    [InlineData("http://127.0.0.1:80", null, "[::1]", true)]
    [InlineData("http://127.0.0.1:80", null, "evil.example", false)]
    [InlineData("http://127.0.0.1:80", null, "localhost.evil.example", false)]
    [InlineData("http://127.0.0.1:80", null, "127.0.0.1.nip.io", false)]
    [InlineData("http://127.0.0.1:80", null, "192.168.0.1", false)]
    [InlineData("http://127.0.0.1:80", null, "", false)]
    [InlineData("http://127.0.0.1:80", "photos.example, x", "Photos.Example", true)]
    [InlineData("http://0.0.0.0:80", null, "anything.example", true)]
    [InlineData("http://0.0.0.0:80", "photos.example", "evil.example", false)]
    public void The_server_answers_to_its_own_names(string listen, string? allowed, string host, bool expected) =>
        Assert.Equal(expected, new HostCheck(listen, new SafetyOptions { AllowedHosts = allowed }).IsAllowed(host));

    [Theory]
    [InlineData("GET", "http://evil.example", "cross-site", true)]
    [InlineData("POST", null, null, true)]
    [InlineData("POST", "http://localhost:8470", "same-origin", true)]
    [InlineData("POST", "https://localhost:8470", "same-origin", true)]
    [InlineData("POST", "https://friend.example", "cross-site", true)]
    [InlineData("POST", "http://evil.example", "cross-site", false)]
    [InlineData("POST", "http://localhost:9999", "same-site", false)]
    [InlineData("POST", "null", null, false)]
    [InlineData("DELETE", null, "cross-site", false)]
    [InlineData("DELETE", null, "same-site", false)]
    [InlineData("DELETE", null, "none", true)]
    public void Only_our_own_page_may_have_a_browser_change_something(string method, string? origin, string? site, bool expected)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Scheme, request.Host) = (method, "http", new HostString("localhost", 8470));
        request.Headers.Origin = origin;
        request.Headers["Sec-Fetch-Site"] = site;

        Assert.Equal(expected, SameOrigin.Holds(request, ["https://friend.example"]));
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void A_household_is_one_client(string address, string name) => Assert.Equal(name, ClientName.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("trip/DSC 1.heic", "image/webp", "DSC 1.webp")]
    [InlineData("a/b/..", "image/png", "picture.png")]
    [InlineData("x\r\nSet-Cookie: a=b.jpg", "image/jpeg", "xSet-Cookie a=b.jpg")]
    [InlineData("\u202Egnp.exe.jpg", "image/jpeg", "gnp.exe.jpg")]
    [InlineData("a\"b\\c.jpg", "image/jpeg", "abc.jpg")]
    [InlineData("Übung.jpg", "image/jpeg", "Übung.jpg")]
    public void A_picture_is_saved_under_a_name_without_harm(string path, string mediaType, string name)
    {
        var header = PictureName.Inline(path, mediaType);

        Assert.Equal(name, header.FileNameStar.Value);
        Assert.DoesNotContain('\n', header.ToString());
    }
}
