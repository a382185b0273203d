using ImageSearch.Collections;
using ImageSearch.Testing;
using ImageSearch.Testing.Children;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class EmbeddedCollectionOpeningTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Folder => Path.Combine(_temp.Path, "steps");

    private string Database => Path.Combine(Folder, "collection.db");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Reading_what_does_not_exist_says_so_and_makes_nothing()
    {
        var fault = await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(CollectionAccess.Read));

        Assert.Equal(CollectionFault.NotFound, fault.Fault);
        Assert.Contains(Folder, fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Writing_without_a_fingerprint_opens_what_is_there_and_makes_nothing()
    {
        var fault = await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(CollectionAccess.Write, expected: null));
        Assert.Equal(CollectionFault.NotFound, fault.Fault);
        Assert.False(Directory.Exists(Folder));

        await FillAsync(1);
        await using var collection = await OpenAsync(CollectionAccess.Write, expected: null);

        Assert.Equal(CollectionSteps.Fingerprint, collection.Fingerprint);
    }

    [Fact]
    public async Task Collections_are_listed_by_name()
    {
        await FillAsync(1);
        Directory.CreateDirectory(Path.Combine(_temp.Path, "empty"));

        Assert.Equal(["steps"], EmbeddedCollection.List(_temp.Path));
        Assert.Empty(EmbeddedCollection.List(Path.Combine(_temp.Path, "absent")));
    }

    [Fact]
    public async Task What_was_opened_for_reading_is_not_written()
    {
        await FillAsync(1);
        await using var collection = await OpenAsync(CollectionAccess.Read);

        await Assert.ThrowsAsync<InvalidOperationException>(() => collection.DeleteAsync([Guid.Empty], default));
    }

    [Fact]
    public async Task A_closed_collection_answers_nothing()
    {
        await FillAsync(1);
        var collection = await OpenAsync(CollectionAccess.Write);
        await collection.DisposeAsync();
        await collection.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => collection.CountAsync(ImageFilter.All, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => collection.DeleteAsync([Guid.Empty], default));
    }

    [Theory]
    [InlineData(CollectionAccess.Read)]
    [InlineData(CollectionAccess.Write)]
    public async Task A_file_that_is_no_database_is_foreign_and_stays_as_it_is(CollectionAccess access)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Database, new string('x', 5_000));

        Assert.Equal(CollectionFault.ForeignFormat, (await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(access))).Fault);

        Assert.Equal(new string('x', 5_000), await File.ReadAllTextAsync(Database));
        Assert.Equal([Database], Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData(CollectionAccess.Read)]
    [InlineData(CollectionAccess.Write)]
    public async Task A_database_of_another_program_is_foreign_and_stays_as_it_is(CollectionAccess access)
    {
        Directory.CreateDirectory(Folder);
        Execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
        var before = await File.ReadAllBytesAsync(Database);

        Assert.Equal(CollectionFault.ForeignFormat, (await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(access))).Fault);

        Assert.Equal(before, await File.ReadAllBytesAsync(Database));
        Assert.Equal([Database], Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData(CollectionAccess.Read)]
    [InlineData(CollectionAccess.Write)]
    public async Task A_newer_format_is_refused_with_both_versions(CollectionAccess access)
    {
        await FillAsync(1);
        Execute("PRAGMA user_version = 7");

        var fault = await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(access));

        Assert.Equal(CollectionFault.NewerFormat, fault.Fault);
        Assert.Contains("format 7", fault.Message, StringComparison.Ordinal);
        Assert.Contains("up to 1", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CollectionAccess.Read)]
    [InlineData(CollectionAccess.Write)]
    public async Task Points_without_their_vectors_are_damage_with_a_cure(CollectionAccess access)
    {
        await FillAsync(3);
        Directory.Delete(Directory.GetDirectories(Folder, "vectors-*").Single(), recursive: true);

        var fault = await Assert.ThrowsAsync<CollectionException>(() => OpenAsync(access));

        Assert.Equal(CollectionFault.Damaged, fault.Fault);
        Assert.Contains("Delete the folder and index again", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_that_is_none_is_damage()
    {
        await FillAsync(3);
        Execute("UPDATE points SET payload = x'7B'");
        await using var collection = await OpenAsync(CollectionAccess.Read);

        var fault = await Assert.ThrowsAsync<CollectionException>(() => collection.SearchAsync(new CollectionQuery { Words = ["dog"], Limit = 1 }, default));

        Assert.Equal(CollectionFault.Damaged, fault.Fault);
    }

    [Fact]
    public async Task Bytes_changed_at_random_end_in_answers_or_in_a_collection_fault()
    {
        await FillAsync(30);
        var random = new Random(1);
        var intact = await File.ReadAllBytesAsync(Database);
        var faults = 0;
        for (var round = 0; round < 150; round++)
        {
            var changed = intact.ToArray();
            var start = random.Next(changed.Length);
            random.NextBytes(changed.AsSpan(start, Math.Min(random.Next(1, 300), changed.Length - start)));
            await File.WriteAllBytesAsync(Database, changed);

            faults += await ReadEverythingAsync() is null ? 0 : 1;
        }

        Assert.InRange(faults, 1, 149);
    }

    [Fact]
    public async Task The_next_writer_deletes_what_a_broken_off_compaction_left()
    {
        await FillAsync(5);
        var leftover = Directory.CreateDirectory(Path.Combine(Folder, "vectors-000099")).FullName;
        await File.WriteAllTextAsync(Path.Combine(leftover, "half"), "written");

        await FillAsync(0);

        Assert.False(Directory.Exists(leftover));
        await using var collection = await OpenAsync(CollectionAccess.Read);
        Assert.Equal(CollectionSteps.After(5).Count, await collection.CountAsync(ImageFilter.All, default));
    }

    private Task<EmbeddedCollection> OpenAsync(CollectionAccess access) => OpenAsync(access, CollectionSteps.Fingerprint);

    private Task<EmbeddedCollection> OpenAsync(CollectionAccess access, CollectionFingerprint? expected) =>
        EmbeddedCollection.OpenAsync(Folder, expected, access, TimeProvider.System, CancellationToken.None);

    private async Task FillAsync(int steps)
    {
        await using var collection = await OpenAsync(CollectionAccess.Write);
        for (var step = 0; step < steps; step++)
        {
            await CollectionSteps.TakeAsync(collection, step);
        }
    }

    private async Task<CollectionException?> ReadEverythingAsync()
    {
        try
        {
            await using var collection = await OpenAsync(CollectionAccess.Read);
            var query = new CollectionQuery
            {
                Vector = CollectionSteps.PointAt("any", 1).Vector,
                Words = ["dog"],
                Filter = new ImageFilter([new ImageCondition.HasPhrase("dog"), new ImageCondition.InLibrary("photos")]),
                Limit = 20,
                Vectors = VectorInclusion.With,
            };
            _ = await collection.SearchAsync(query, default);
            _ = await collection.FacetAsync(ImageFacet.Tag, ImageFilter.All, 10, default);
            await foreach (var point in collection.ListAsync(ImageFilter.All, default))
            {
                _ = await collection.GetAsync([point.Id], VectorInclusion.With, default);
            }

            return null;
        }
        catch (CollectionException fault)
        {
            return fault;
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
