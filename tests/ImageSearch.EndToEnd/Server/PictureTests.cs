using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Facts, thumbnails and originals over HTTP.</summary>
public sealed class PictureTests : IDisposable
{
    private const string Library = "pictures";

    private readonly Workplace _workplace = new();

    [Fact]
    public async Task No_place_leaves_in_facts_hits_thumbnails_or_originals()
    {
        Add("placed.jpg", PlacedPicture.Bytes(orientation: 6));
        await using var server = await IndexedAsync();
        var picture = UrlOf("placed.jpg");

        var facts = await server.Client.GetStringAsync(picture);
        var hits = await server.Client.GetStringAsync("/api/search?q=placed");

        Assert.Contains("Camera 1", facts, StringComparison.Ordinal);
        Assert.Contains("Camera 1", hits, StringComparison.Ordinal);
        Assert.DoesNotContain("titude", facts + hits, StringComparison.Ordinal);
        foreach (var form in new[] { "/original", "/original?as=webp", "/thumbnail?size=160", "/thumbnail?size=1280" })
        {
            var bytes = await server.Client.GetByteArrayAsync(picture + form);
            var info = ImageIdentifier.Identify(bytes, ImageLimits.Default);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(PlacedPicture.Secret)));
            Assert.Null(ImageMetadataReader.Read(bytes, info).Latitude);
            Assert.Equal(400.0 / 600, (double)info.Width / info.Height, tolerance: 0.02);
        }
    }

    [Fact]
    public async Task An_original_without_its_metadata_has_the_pixels_that_it_had()
    {
        var bytes = PlacedPicture.Bytes(orientation: 6);
        Add("placed.jpg", bytes);
        await using var server = await IndexedAsync();

        var served = await server.Client.GetByteArrayAsync(UrlOf("placed.jpg") + "/original");

        Assert.NotEqual(bytes, served);
        Assert.True(ImageDecoder.Decode(bytes, 600, ImageLimits.Default).Rgb.Span.SequenceEqual(ImageDecoder.Decode(served, 600, ImageLimits.Default).Rgb.Span));
    }

    [Fact]
    public async Task Where_places_may_be_served_the_file_is_sent_as_it_is_and_its_place_is_told()
    {
        var bytes = PlacedPicture.Bytes(orientation: 1);
        Add("placed.jpg", bytes);
        _workplace.Environment["IMAGESEARCH__Server__ServePlaces"] = "true";
        await using var server = await IndexedAsync();

        Assert.Equal(48.858, (await server.GetAsync(UrlOf("placed.jpg"))).GetProperty("latitude").GetDouble(), tolerance: 0.001);
        Assert.Equal(bytes, await server.Client.GetByteArrayAsync(UrlOf("placed.jpg") + "/original"));
    }

    [Theory]
    [InlineData("drawings/balloons.png", "image/png", "balloons.png")]
    [InlineData("drawings/rose.webp", "image/webp", "rose.webp")]
    [InlineData("drawings/tulips.gif", "image/gif", "tulips.gif")]
    [InlineData("food/coffee.jpg", "image/jpeg", "coffee.jpg")]
    [InlineData("museum/coins.tif", "image/webp", "coins.webp")]
    public async Task An_original_has_the_type_of_its_bytes_and_a_name_to_match(string sample, string mediaType, string name)
    {
        var path = $"lying{Path.GetFileName(sample)}.jpg";
        Add(path, DataSamples.Read(sample));
        await using var server = await IndexedAsync();

        using var answer = await server.Client.GetAsync(UrlOf(path) + "/original");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.EndsWith(Path.GetExtension(name), answer.Content.Headers.ContentDisposition?.FileNameStar, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.NotNull(ImageIdentifier.Identify(await answer.Content.ReadAsByteArrayAsync(), ImageLimits.Default));
    }

    [Fact]
    public async Task A_thumbnail_is_kept_by_its_reader_for_ever_when_it_names_the_content()
    {
        Add("coffee.jpg", DataSamples.Read("food/coffee.jpg"));
        await using var server = await IndexedAsync();
        var sha256 = (await server.GetAsync(UrlOf("coffee.jpg"))).GetProperty("sha256").GetString()!;
        var url = $"{UrlOf("coffee.jpg")}/thumbnail?size=320&v={sha256[..16]}";

        using var first = await server.Client.GetAsync(url);
        using var other = await server.Client.GetAsync($"{UrlOf("coffee.jpg")}/thumbnail?size=320&v=0123456789abcdef");
        using var again = await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { first.Headers.ETag! } } });

        Assert.Equal("image/webp", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal("immutable, max-age=31536000, private", CachingOf(first));
        Assert.Equal($"\"{sha256}-320\"", first.Headers.ETag!.Tag);
        Assert.Equal("no-cache, private", CachingOf(other));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task A_thumbnail_is_made_once_and_again_when_its_copy_is_damaged()
    {
        Add("coffee.jpg", DataSamples.Read("food/coffee.jpg"));
        await using var server = await IndexedAsync();
        var url = UrlOf("coffee.jpg") + "/thumbnail?size=160";
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Client.GetByteArrayAsync(url)));
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(_workplace.Home, "renditions"), "*", SearchOption.AllDirectories));

        File.WriteAllBytes(kept, asked[0][..(asked[0].Length / 2)]);
        var again = await server.Client.GetByteArrayAsync(url);

        Assert.All(asked, bytes => Assert.Equal(asked[0], bytes));
        Assert.Equal(asked[0], again);
        Assert.Equal(asked[0], File.ReadAllBytes(kept));
    }

    [Fact]
    public async Task A_part_of_an_original_can_be_had()
    {
        Add("coffee.jpg", DataSamples.Read("food/coffee.jpg"));
        await using var server = await IndexedAsync();
        var whole = await server.Client.GetByteArrayAsync(UrlOf("coffee.jpg") + "/original");

        using var request = new HttpRequestMessage(HttpMethod.Get, UrlOf("coffee.jpg") + "/original") { Headers = { Range = new RangeHeaderValue(100, 199) } };
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(whole[100..200], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_that_is_gone_is_a_problem_that_says_so_and_its_thumbnail_stays()
    {
        Add("coffee.jpg", DataSamples.Read("food/coffee.jpg"));
        await using var server = await IndexedAsync();
        _ = await server.Client.GetByteArrayAsync(UrlOf("coffee.jpg") + "/thumbnail");
        _ = await server.Client.GetByteArrayAsync(UrlOf("coffee.jpg") + "/original");
        File.Delete(_workplace.PictureAt("coffee.jpg"));

        using var original = await server.Client.GetAsync(UrlOf("coffee.jpg") + "/original");
        using var thumbnail = await server.Client.GetAsync(UrlOf("coffee.jpg") + "/thumbnail");

        Assert.Equal(HttpStatusCode.NotFound, original.StatusCode);
        Assert.Contains("gone from disk", await original.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, thumbnail.StatusCode);
    }

    [Fact]
    public async Task A_file_that_changed_is_served_as_what_it_is_now()
    {
        Add("drink.jpg", DataSamples.Read("food/coffee.jpg"));
        await using var server = await IndexedAsync();
        var sha256 = (await server.GetAsync(UrlOf("drink.jpg"))).GetProperty("sha256").GetString()!;
        Add("drink.jpg", DataSamples.Read("food/pan.png"));

        using var original = await server.Client.GetAsync($"{UrlOf("drink.jpg")}/original?v={sha256}");

        Assert.Equal("image/png", original.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain(sha256, original.Headers.ETag!.Tag, StringComparison.Ordinal);
        Assert.Equal("no-cache, private", CachingOf(original));
    }

    [Theory]
    [InlineData("/thumbnail?size=321", 400)]
    [InlineData("/thumbnail?size=many", 400)]
    [InlineData("/original?as=exe", 400)]
    public async Task What_is_not_offered_is_a_problem(string form, int status)
    {
        Add("coffee.jpg", DataSamples.Read("food/coffee.jpg"));
        await using var server = await IndexedAsync();

        using var answer = await server.Client.GetAsync(UrlOf("coffee.jpg") + form);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    public void Dispose() => _workplace.Dispose();

    private static string CachingOf(HttpResponseMessage answer) =>
        string.Join(", ", answer.Headers.GetValues("Cache-Control").SelectMany(value => value.Split(", ")).Order(StringComparer.Ordinal));

    private static string UrlOf(string path) => $"/api/pictures/{PointId.Of(Library, path):D}";

    private void Add(string path, byte[] bytes) => File.WriteAllBytes(_workplace.PictureAt(path), bytes);

    private async Task<ServerRun> IndexedAsync()
    {
        var indexed = await _workplace.RunAsync("index", Library);
        Assert.True(indexed.ExitCode == 0, indexed.Error);
        return await ServerRun.StartedAsync(_workplace);
    }
}
