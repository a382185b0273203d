using ImageSearch.Collections;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Searching;

/// <summary>Texts of the offline model lie where the codes of a large collection see little: see docs/offline-embedder.md.</summary>
public sealed class OfflinePrecisionTests
{
    [Theory]
    [InlineData(EmbeddingProvider.Offline, SearchPrecision.Exact)]
    [InlineData(EmbeddingProvider.Titan, SearchPrecision.Quantised)]
    public async Task Vectors_of_the_offline_model_are_compared_exactly_and_those_of_image_models_by_codes(EmbeddingProvider provider, SearchPrecision precision)
    {
        using var folder = new TempFolder();
        using var home = new ImageSearchHome(new ImageSearchOptions { Home = folder.Path, Provider = provider }, TimeProvider.System);
        await using var collection = await home.OpenCollectionAsync(CollectionAccess.Write, default);

        Assert.Equal(precision, home.SearcherOf(collection, folder.Path).Precision);
    }
}
