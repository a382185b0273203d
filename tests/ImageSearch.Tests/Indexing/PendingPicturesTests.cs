using System.Collections.Concurrent;
using System.Security.Cryptography;
using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class PendingPicturesTests
{
    [Fact]
    public async Task Every_content_without_a_vector_is_given_out_once_and_nothing_else_is()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("indexed.bmp", 1);
        _ = await folder.IndexAsync();
        folder.Write("new.bmp", 2);
        folder.Write("sub/copy-of-new.bmp", 2);
        folder.Write("copy-of-indexed.bmp", 1);
        folder.Write("cached.bmp", 3);
        await File.WriteAllTextAsync(folder.PathOf("notes.txt"), "no picture");
        await File.WriteAllTextAsync(folder.PathOf("broken.jpg"), "no picture either");
        var cached = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(folder.PathOf("cached.bmp"))));
        folder.Options = folder.Options with { IsEmbedded = sha256 => sha256 == cached };

        var given = await GivenAsync(folder);

        var picture = Assert.Single(given);
        Assert.Contains(picture.Path, new[] { "new.bmp", "sub/copy-of-new.bmp" });
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(picture.Bytes.Span)), picture.Sha256);
        Assert.Equal("image/bmp", picture.MediaType);
    }

    [Fact]
    public async Task A_file_on_which_the_process_died_is_not_given_out_again_and_the_run_tries_it_alone()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        folder.Write("deadly.bmp", 1);
        folder.Write("harmless.bmp", 2);
        var stamp = FileSystemReader.Look(folder.PathOf("deadly.bmp")).Stamp;
        using (var journal = InFlightJournal.Open(folder.Ledger.Location + ".inflight"))
        {
            _ = journal.Begin(0, new InFlightFile("deadly.bmp", stamp, Alone: false));
        }

        var given = await GivenAsync(folder);
        var indexed = await folder.SummariseAsync();

        Assert.Equal("harmless.bmp", Assert.Single(given).Path);
        Assert.Equal(2, indexed.New);
    }

    [Fact]
    public async Task While_another_process_indexes_the_library_nothing_is_given_out()
    {
        await using var folder = await IndexedFolder.OpenAsync();
        using var held = LibraryLock.Take(folder.Library.Name, folder.Ledger.Location, folder.Options.Shard, folder.Time);

        var failure = await Assert.ThrowsAsync<IndexException>(() => GivenAsync(folder));

        Assert.Equal(IndexFault.LibraryLocked, failure.Fault);
    }

    private static async Task<IReadOnlyCollection<PendingPicture>> GivenAsync(IndexedFolder folder)
    {
        var given = new ConcurrentQueue<PendingPicture>();
        var pictures = new PendingPictures(folder.Library, folder.Ledger, folder.Options, folder.Time);
        await pictures.ForEachAsync(
            (picture, _) =>
            {
                given.Enqueue(picture);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);
        return given;
    }
}
