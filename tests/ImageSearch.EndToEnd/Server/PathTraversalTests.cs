using System.Net.Sockets;
using System.Text;
using ImageSearch.Collections;
using ImageSearch.Server.Pictures;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>No byte outside of a library leaves, whatever a client asks for and whatever a collection says.</summary>
public sealed class PathTraversalTests : IDisposable
{
    private const string Library = "pictures";
    private const string Secret = "the secret outside";

    private readonly Workplace _workplace = new();

    public PathTraversalTests()
    {
        _workplace.AddPictures();
        var secret = PlacedPicture.Bytes(1);
        foreach (var folder in new[] { "", "pictures-evil", "outside" })
        {
            _ = Directory.CreateDirectory(Path.Combine(_workplace.Folder, folder));
            File.WriteAllBytes(Path.Combine(_workplace.Folder, folder, "secret.png"), [.. secret, .. Encoding.ASCII.GetBytes(Secret)]);
        }
    }

    [Fact]
    public void There_are_two_hundred_ways_or_more() => Assert.True(TraversalVariants.All.Distinct().Count() >= 200);

    [LinuxFact]
    public async Task An_id_that_is_a_path_is_no_id()
    {
        _ = await _workplace.RunAsync("index", Library);
        await using var server = await ServerRun.StartedAsync(_workplace);

        foreach (var variant in TraversalVariants.All)
        {
            foreach (var target in new[] { $"/api/pictures/{variant}", $"/api/pictures/{variant}/original", $"/api/pictures/{variant}/thumbnail", $"/{variant}" })
            {
                var answer = await AskAsync(server.Address, target);
                Assert.True(
                    answer.Contains(" 400 ", StringComparison.Ordinal) || answer.Contains(" 404 ", StringComparison.Ordinal) || answer.Contains(" 414 ", StringComparison.Ordinal)
                    || (answer.Contains(" 200 ", StringComparison.Ordinal) && answer.Contains("text/html", StringComparison.Ordinal)),
                    $"{target}: {answer[..Math.Min(200, answer.Length)]}");
                Assert.DoesNotContain(Secret, answer, StringComparison.Ordinal);
                Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
            }
        }
    }

    [LinuxFact]
    public async Task A_point_that_says_a_path_outside_has_no_file()
    {
        Link("linked", "../outside");
        Link("link.png", "../secret.png");
        _ = await _workplace.RunAsync("index", Library);
        var paths = TraversalVariants.All.Distinct().Where(path => path.Length > 0).ToList();
        await AddPointsAsync(paths);
        await using var server = await ServerRun.StartedAsync(_workplace);

        foreach (var path in paths)
        {
            foreach (var form in new[] { "original", "original?as=webp", "thumbnail" })
            {
                using var answer = await server.Client.GetAsync($"/api/pictures/{PointId.Of(Library, path):D}/{form}");
                var body = await answer.Content.ReadAsStringAsync();
                Assert.True((int)answer.StatusCode == 404, $"{path}: {(int)answer.StatusCode} {body}");
                Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
            }
        }
    }

    [LinuxFact]
    public void A_path_leads_below_its_root_and_over_no_link()
    {
        var root = _workplace.Pictures;
        Link("linked", "../outside");
        Link("inside", "sea");

        Assert.Equal(Path.Join(root, "sea/blue-sea.png"), PictureFiles.PathBelow(root, "sea/blue-sea.png"));
        Assert.Equal(Path.Join(root, "odd..name/.. /a\\b"), PictureFiles.PathBelow(root, "odd..name/.. /a\\b"));
        Assert.Null(PictureFiles.PathBelow(root, "linked/secret.png"));
        Assert.Null(PictureFiles.PathBelow(root, "inside/blue-sea.png"));
        Assert.Null(PictureFiles.PathBelow(root, "../secret.png"));
        Assert.Null(PictureFiles.PathBelow(root, "/etc/passwd"));
    }

    public void Dispose() => _workplace.Dispose();

    /// <summary>Over a bare connection: a client library would tidy the path up.</summary>
    private static async Task<string> AskAsync(Uri address, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer);
        }
        catch (IOException)
        {
            // The server closes at once on what is no HTTP; what it said before counts.
        }

        return Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(_workplace.PictureAt(name), target);

    private async Task AddPointsAsync(IReadOnlyList<string> paths)
    {
        using var home = new ImageSearchHome(_workplace.Options(), TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, CancellationToken.None);
        var vector = new float[collection.Fingerprint.Dimension];
        vector[0] = 1;
        await collection.UpsertAsync([.. paths.Select(path => new ImagePoint(PointId.Of(Library, path), vector, PayloadOf(path, collection.Fingerprint.Model)))], CancellationToken.None);
    }

    private static ImagePayload PayloadOf(string path, string model) => new()
    {
        Library = Library,
        Path = path,
        Sha256 = new string('a', 64),
        Bytes = 1,
        Modified = DateTimeOffset.UnixEpoch,
        Width = 1,
        Height = 1,
        Format = "jpeg",
        Model = model,
        IndexedAt = DateTimeOffset.UnixEpoch,
    };
}
