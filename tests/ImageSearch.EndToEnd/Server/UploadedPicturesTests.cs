using ImageSearch.Imaging;
using ImageSearch.Server.Pictures;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

public sealed class UploadedPicturesTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Start);

    [Fact]
    public async Task An_upload_is_there_for_a_day()
    {
        var uploads = Uploads(capacity: 1_000_000);
        var upload = await uploads.AddAsync(TinyPicture.Bmp(1), CancellationToken.None);

        _time.Advance(TimeSpan.FromHours(24));
        Assert.Equal(TinyPicture.Bmp(1), (await uploads.ReadAsync(upload.Upload, CancellationToken.None))!.Value.ToArray());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await uploads.ReadAsync(upload.Upload, CancellationToken.None));
        _ = await uploads.AddAsync(TinyPicture.Bmp(2), CancellationToken.None);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task The_oldest_go_when_there_are_too_many_bytes()
    {
        var uploads = Uploads(capacity: TinyPicture.Bmp(0).Length * 3);
        var names = new List<string>();
        for (var seed = 0; seed < 5; seed++)
        {
            names.Add((await uploads.AddAsync(TinyPicture.Bmp(seed), CancellationToken.None)).Upload);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(names[2..].Order(StringComparer.Ordinal), Directory.GetFiles(_folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("/etc/passwd")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task What_is_no_name_of_an_upload_is_none(string name) => Assert.Null(await Uploads(1_000).ReadAsync(name, CancellationToken.None));

    public void Dispose() => _folder.Dispose();

    private UploadedPictures Uploads(long capacity) => new(_folder.Path, capacity, ImageLimits.Default, _time);
}
