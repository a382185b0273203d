using ImageSearch.Collections;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests;

public sealed class CurrentCollectionTests : IDisposable
{
    private static readonly CollectionChoice Offline = new(EmbeddingProvider.Offline, null, 1024, "offline-1024");
    private static readonly CollectionChoice Served = new(EmbeddingProvider.Titan, "arn:of-mine", 1024, "qdrant://localhost:6333/photos");

    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    public static TheoryData<CollectionChoice, string, CollectionChoice> Targets() => new()
    {
        { Offline, "titan-1024", new(EmbeddingProvider.Titan, null, 1024, "titan-1024") },
        { Offline, "Nova-3072", new(EmbeddingProvider.Nova, null, 3072, "Nova-3072") },
        { Offline, "offline-1024", Offline },
        { Offline, "photos", Offline with { Collection = "photos" } },
        { Offline, "photos-2024", Offline with { Collection = "photos-2024" } },
        { Offline, "1-1024", Offline with { Collection = "1-1024" } },
        { Offline, "-5", Offline with { Collection = "-5" } },
        { Offline, "qdrant://localhost:6333/titan-1024", Offline with { Collection = "qdrant://localhost:6333/titan-1024" } },
        { Served, "titan-1024", Served with { Collection = "titan-1024" } },
        { Served, "titan-256", new(EmbeddingProvider.Titan, "arn:of-mine", 256, "qdrant://localhost:6333/titan-256") },
        { Served, "cohere-1536", new(EmbeddingProvider.Cohere, null, 1536, "qdrant://localhost:6333/cohere-1536") },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_is_another_model_beside_the_present_one_or_another_place(CollectionChoice present, string target, CollectionChoice meant) =>
        Assert.Equal(meant, present.Beside(target));

    [Fact]
    public async Task A_switch_is_remembered_and_taken_back()
    {
        var options = new ImageSearchOptions { Home = _home.Path };
        await MakeAsync(options);
        await MakeAsync(options with { Collection = "other" });
        Assert.Null(CurrentCollection.Read(_home.Path));

        var switched = await CurrentCollection.SwitchAsync(options, Offline with { Collection = "other" }, alias: null, TimeProvider.System, default);
        Assert.Equal(switched, CurrentCollection.Read(_home.Path));
        Assert.Equal(("other", Offline), (switched.Now.Collection, switched.Before));

        var back = await switched.RollBackAsync(options, TimeProvider.System, default);
        Assert.Equal(back, CurrentCollection.Read(_home.Path));
        Assert.Equal((Offline, "other"), (back.Now, back.Before.Collection));
    }

    [Fact]
    public async Task What_is_not_there_is_not_switched_to()
    {
        var options = new ImageSearchOptions { Home = _home.Path };

        var fault = await Assert.ThrowsAsync<CollectionException>(() => CurrentCollection.SwitchAsync(options, Offline with { Collection = "missing" }, alias: null, TimeProvider.System, default));

        Assert.Equal(CollectionFault.NotFound, fault.Fault);
        Assert.Null(CurrentCollection.Read(_home.Path));
    }

    [Theory]
    [InlineData("""{ "format": 2 }""", "newer version")]
    [InlineData("{}", "names no collections")]
    [InlineData("""{ "format": 1, "now": {""", "delete it and switch again")]
    public void A_file_that_cannot_be_read_names_itself_and_the_cure(string text, string cure)
    {
        File.WriteAllText(Path.Combine(_home.Path, CurrentCollection.FileName), text);

        var fault = Assert.Throws<InvalidDataException>(() => CurrentCollection.Read(_home.Path));

        Assert.Contains(cure, fault.Message, StringComparison.Ordinal);
        Assert.Contains(CurrentCollection.FileName, fault.Message, StringComparison.Ordinal);
    }

    private static async Task MakeAsync(ImageSearchOptions options)
    {
        using var home = new ImageSearchHome(options, TimeProvider.System);
        await using var made = await home.OpenCollectionAsync(CollectionAccess.Write, default);
    }
}
