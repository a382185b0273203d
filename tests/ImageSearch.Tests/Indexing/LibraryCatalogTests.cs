using ImageSearch.Indexing;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class LibraryCatalogTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly LibraryCatalog _catalog;

    public LibraryCatalogTests() => _catalog = new LibraryCatalog(Path.Join(_temp.Path, "home"));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_folder_becomes_a_library_once()
    {
        var root = Folder("My Photos");

        var added = _catalog.FindOrAdd(root);

        Assert.Equal(new LibraryRoot("My-Photos", root), added);
        Assert.Equal(added, _catalog.FindOrAdd(root + "/"));
        Assert.Equal([added], _catalog.List());
        Assert.Equal(added, _catalog.Find("My-Photos"));
    }

    [Fact]
    public void Folders_of_the_same_name_become_libraries_of_different_names()
    {
        _ = _catalog.FindOrAdd(Folder("a/photos"));
        _ = _catalog.FindOrAdd(Folder("b/Photos"));
        _ = _catalog.FindOrAdd(Folder("c/photos"));

        Assert.Equal(["Photos-2", "photos", "photos-3"], _catalog.List().Select(library => library.Name));
    }

    [Fact]
    public void A_folder_within_a_library_is_a_part_of_it()
    {
        var photos = _catalog.FindOrAdd(Folder("photos"));

        Assert.Equal(photos with { Folder = "2024/rome" }, _catalog.FindOrAdd(Folder("photos/2024/rome")));
        Assert.Equal("photos-evil", _catalog.FindOrAdd(Folder("photos-evil")).Name);
        Assert.Equal("hidden", _catalog.FindOrAdd(Folder("photos/.cache/hidden")).Name);
        Assert.Null(_catalog.FindByFolder(_temp.Path));
    }

    [LinuxFact]
    public void A_folder_reached_through_a_link_is_the_folder_itself()
    {
        var photos = _catalog.FindOrAdd(Folder("disk/photos"));
        _ = Directory.CreateSymbolicLink(Path.Join(_temp.Path, "link"), Path.Join(_temp.Path, "disk"));
        _ = Folder("disk/photos/2024");

        Assert.Equal(photos, _catalog.FindOrAdd(Path.Join(_temp.Path, "link", "photos")));
        Assert.Equal(photos with { Folder = "2024" }, _catalog.FindOrAdd(Path.Join(_temp.Path, "link", "photos", "2024")));
    }

    [Fact]
    public void What_cannot_be_a_library_is_refused_with_the_cure()
    {
        File.WriteAllText(Path.Join(_temp.Path, "file"), "");
        _ = _catalog.FindOrAdd(Folder("photos"), "mine");

        Assert.Contains("does not exist", Refusal(() => _catalog.FindOrAdd(Path.Join(_temp.Path, "nowhere"))));
        Assert.Contains("is a file", Refusal(() => _catalog.FindOrAdd(Path.Join(_temp.Path, "file"))));
        Assert.Contains("exists already", Refusal(() => _catalog.FindOrAdd(Folder("other"), "mine")));
        Assert.Contains("cannot be a library's name", Refusal(() => _catalog.FindOrAdd(Folder("other"), "../escape")));
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("{}", "no format number")]
    [InlineData("""{"format":2,"name":"a","root":"/a"}""", "newer version")]
    public void A_library_file_that_is_not_ours_is_refused(string json, string message)
    {
        File.WriteAllText(Path.Join(Folder("home/libraries/a"), "library.json"), json);

        Assert.Contains(message, Refusal(() => _catalog.List()));
    }

    [Fact]
    public void A_removed_library_is_gone()
    {
        var photos = _catalog.FindOrAdd(Folder("photos"));
        Ledger.Open(_catalog.LedgerOf(photos, "offline-1024", IndexShard.Whole)).Dispose();

        _catalog.Remove(photos);

        Assert.Empty(_catalog.List());
    }

    private static string Refusal(Func<object?> work) => Assert.Throws<IndexException>(work).Message;

    private string Folder(string path) => Directory.CreateDirectory(Path.Join(_temp.Path, path)).FullName;
}
