using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Testing.Conformance;

public abstract partial class ImageCollectionConformance<TCollection>
{
    [Theory]
    [InlineData(ImageFacet.Library)]
    [InlineData(ImageFacet.Folder)]
    [InlineData(ImageFacet.Format)]
    [InlineData(ImageFacet.Camera)]
    [InlineData(ImageFacet.Year)]
    [InlineData(ImageFacet.Tag)]
    [InlineData(ImageFacet.Colour)]
    [InlineData(ImageFacet.Rating)]
    public async Task A_facet_counts_its_values_among_what_passes(ImageFacet facet)
    {
        await using var collection = await OpenAsync(Fingerprint);
        var points = SamplePictures.Varied(300, Dimension, new Random(21));
        await collection.UpsertAsync(points, default);
        var filter = new ImageFilter([new ImageCondition.Not(new ImageCondition.HasFormat("png"))]);
        var expected = points.Where(point => FilterOracle.Passes(filter, point.Payload))
            .SelectMany(point => ValuesOf(facet, point.Payload).Distinct(StringComparer.OrdinalIgnoreCase))
            .GroupBy(value => value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.LongCount(), StringComparer.OrdinalIgnoreCase);

        var counts = await collection.FacetAsync(facet, filter, 100, default);

        Assert.Equal(expected.Count, counts.Count);
        Assert.All(counts, count => Assert.Equal(expected[count.Value], count.Count));
        Assert.Equal(counts.OrderByDescending(count => count.Count).ThenBy(count => count.Value, StringComparer.Ordinal), counts);
        Assert.Equal(counts.Take(2), await collection.FacetAsync(facet, filter, 2, default));
    }

    private static IEnumerable<string> ValuesOf(ImageFacet facet, ImagePayload payload) => facet switch
    {
        ImageFacet.Library => [payload.Library],
        ImageFacet.Format => [payload.Format],
        ImageFacet.Camera => payload.Camera is null ? [] : [payload.Camera],
        ImageFacet.Year => payload.TakenAt is { } taken ? [taken.ToString("yyyy")] : [],
        ImageFacet.Rating => payload.Rating is { } rating ? [$"{rating}"] : [],
        ImageFacet.Tag => payload.Tags,
        ImageFacet.Colour => payload.Colours.Where(colour => colour.Share >= 0.1f).Select(colour => colour.Name),
        _ => payload.Path.Split('/')[..^1] is var folders ? folders.Select((_, i) => string.Join('/', folders[..(i + 1)])) : [],
    };
}
