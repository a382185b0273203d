using ImageSearch.Collections;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class QueryPictureTests
{
    private static readonly Dictionary<string, float[]> Vectors = new()
    {
        ["cat"] = [0, 1],
        ["picture 1"] = [1, 0],
        ["picture 2"] = [0, 1],
    };

    [Fact]
    public async Task A_picture_finds_those_like_it_and_neither_itself_nor_its_copies()
    {
        await using var scene = await SearchScene.CreateAsync(2, Vectors);
        var file = await scene.WriteAsync("2024/a.gif", SearchScene.Picture(1));
        var content = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(SearchScene.Picture(1)));
        await scene.AddAsync(
            SearchScene.Point("2024/a.gif", [1, 0]) is var self ? self with { Payload = self.Payload with { Sha256 = content } } : self,
            SearchScene.Point("copy.gif", [1, 0]) is var copy ? copy with { Payload = copy.Payload with { Sha256 = content } } : copy,
            SearchScene.Point("near.gif", [1, 0.1f]),
            SearchScene.Point("far.gif", [0, 1]));

        Assert.Equal(["near.gif", "far.gif"], await scene.PathsAsync($"like:{file}"));
        Assert.Equal(["near.gif", "far.gif"], await scene.PathsAsync("like:2024/a.gif"));
        Assert.Equal(["near.gif", "far.gif"], await scene.PathsAsync("like:home/2024/a.gif"));
        Assert.Equal(["near.gif", "far.gif"], await scene.PathsAsync("like:pictures/2024/a.gif"));
    }

    [Fact]
    public async Task A_picture_that_was_changed_after_indexing_is_left_out_by_its_path()
    {
        await using var scene = await SearchScene.CreateAsync(2, Vectors);
        _ = await scene.WriteAsync("a.gif", SearchScene.Picture(1));
        await scene.AddAsync(SearchScene.Point("a.gif", [1, 0], content: "as it was"), SearchScene.Point("b.gif", [0, 1]));

        Assert.Equal(["b.gif"], await scene.PathsAsync("like:a.gif"));
    }

    [Fact]
    public async Task An_indexed_picture_whose_file_is_gone_is_searched_by_its_stored_vector()
    {
        await using var scene = await SearchScene.CreateAsync(2);
        await scene.AddAsync(SearchScene.Point("gone.gif", [1, 0]), SearchScene.Point("near.gif", [1, 0.1f]), SearchScene.Point("far.gif", [0, 1]));

        Assert.Equal(["near.gif", "far.gif"], await scene.PathsAsync("like:gone.gif"));
        Assert.Equal(["near.gif", "far.gif"], await scene.PathsAsync($"like:\"{Path.Combine(scene.Root, "gone.gif")}\""));
        Assert.Empty(scene.Embeddings.Embedded);
    }

    [Fact]
    public async Task Words_and_pictures_mix_by_weight()
    {
        await using var scene = await SearchScene.CreateAsync(2, Vectors);
        _ = await scene.WriteAsync("a.gif", SearchScene.Picture(1));
        await scene.AddAsync(SearchScene.Point("picture.gif", [4, 1]), SearchScene.Point("words.gif", [1, 4]));

        Assert.Equal(["words.gif", "picture.gif"], await scene.PathsAsync("cat 0.5:like:a.gif"));
        Assert.Equal(["picture.gif", "words.gif"], await scene.PathsAsync("cat 2:like:a.gif"));
    }

    [Theory]
    [InlineData("like:missing.gif", "There is no picture 'missing.gif'.")]
    [InlineData("like:empty.gif", "The picture 'empty.gif' is empty.")]
    [InlineData("like:notes.txt", "'notes.txt' is no picture to search by: ")]
    [InlineData("like:../../../../../../no/such", "There is no picture")]
    public async Task A_path_without_a_picture_is_refused_with_the_reason(string text, string problem)
    {
        await using var scene = await SearchScene.CreateAsync(2, Vectors);
        _ = await scene.WriteAsync("empty.gif", []);
        _ = await scene.WriteAsync("notes.txt", [.. "remember the milk"u8]);

        var exception = await Assert.ThrowsAsync<QueryException>(() => scene.SearchAsync(text));

        Assert.StartsWith(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_not_read()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "large.gif"), new byte[11]);
        var files = new QueryPictureFiles([], folder.Path, new ImageLimits { MaxBytes = 10 });

        var exception = await Assert.ThrowsAsync<QueryException>(() => files.ReadAsync("large.gif", default));

        Assert.Contains("11 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_whose_name_begins_like_a_librarys_root_does_not_belong_to_it()
    {
        using var folder = new TempFolder();
        var outside = Directory.CreateDirectory(Path.Combine(folder.Path, "photos-evil")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(outside, "a.gif"), SearchScene.Picture(1));
        var files = new QueryPictureFiles([new QueryLibrary("photos", Path.Combine(folder.Path, "photos"))], folder.Path, ImageLimits.Default);

        Assert.Empty((await files.ReadAsync("photos-evil/a.gif", default)).Points);
        Assert.Contains(PointId.Of("photos", "b.gif"), (await files.ReadAsync("photos/b.gif", default)).Points);
    }
}
