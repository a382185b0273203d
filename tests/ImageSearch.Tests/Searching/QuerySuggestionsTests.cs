using ImageSearch.Collections;
using ImageSearch.Searching;
using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class QuerySuggestionsTests
{
    [Theory]
    [InlineData("red cam", "red camera:")]
    [InlineData("-fold", "-folder:")]
    [InlineData("camera:eos", "camera:\"Canon EOS R5\"")]
    [InlineData("sea camera:\"canon e", "sea camera:\"Canon EOS R5\"")]
    [InlineData("tag:family,sea", "tag:family,seaside")]
    [InlineData("taken:20", "taken:2024")]
    [InlineData("after:", "after:2024")]
    [InlineData("rating:", "rating:4")]
    [InlineData("sort:date-", "sort:date-asc")]
    [InlineData("near:4", "near:41.89,12.49,5")]
    [InlineData("seas", "tag:seaside")]
    [InlineData("-seas", "-tag:seaside")]
    [InlineData("sea type:p", "sea type:png")]
    public async Task The_item_being_typed_is_completed_within_its_query(string typed, string query)
    {
        await using var scene = await SceneAsync();
        var suggestions = new QuerySuggestions(new FacetCounts(scene.Collection, TimeProvider.System));

        var found = await suggestions.CompleteAsync(typed, 10);

        Assert.Contains(query, found.Select(suggestion => suggestion.Query));
        Assert.All(found, suggestion => Assert.EndsWith(suggestion.Text, suggestion.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_are_those_of_pictures_that_pass_what_stands_before()
    {
        await using var scene = await SceneAsync();
        var suggestions = new QuerySuggestions(new FacetCounts(scene.Collection, TimeProvider.System));

        var found = await suggestions.CompleteAsync("type:png camera:", 10);

        Assert.Equal([new QuerySuggestion("camera:\"Lumen Pocket\"", QuerySuggestionKind.Value, "1 picture", "type:png camera:\"Lumen Pocket\"")], found);
    }

    [Theory]
    [InlineData("\"open")]
    [InlineData("type:png ")]
    [InlineData("zzzz")]
    [InlineData(":")]
    [InlineData("\0,\"")]
    public async Task Whatever_is_typed_is_no_fault(string typed)
    {
        await using var scene = await SceneAsync();

        var found = await new QuerySuggestions(new FacetCounts(scene.Collection, TimeProvider.System)).CompleteAsync(typed, 3);

        Assert.InRange(found.Count, 0, 3);
    }

    [Fact]
    public async Task Every_value_of_a_facet_is_written_as_a_filter_that_its_pictures_pass()
    {
        await using var scene = await SceneAsync();
        foreach (var facet in Enum.GetValues<ImageFacet>())
        {
            var counts = await scene.Collection.FacetAsync(facet, ImageFilter.All, 10, default);
            Assert.NotEmpty(counts);
            foreach (var (value, count) in counts)
            {
                var filter = QueryParser.Parse(FacetItem.Of(facet, value)).Filter;
                Assert.Equal((value, count), (value, await scene.Collection.CountAsync(filter, default)));
            }
        }
    }

    private static async Task<SearchScene> SceneAsync()
    {
        var scene = await SearchScene.CreateAsync(2);
        ImagePoint[] points =
        [
            SearchScene.Point("sea/a.jpg", [1, 0], taken: new DateTime(2024, 5, 1)),
            SearchScene.Point("sea/b.jpg", [1, 1], taken: new DateTime(2023, 5, 1)),
            SearchScene.Point("hills/c.png", [0, 1], format: "png"),
        ];
        await scene.Collection.UpsertAsync(
            [
                points[0] with { Payload = points[0].Payload with { Camera = "Canon EOS R5", Rating = 4, Tags = ["seaside", "family"], Colours = [new ColourShare("blue", 0.6f)] } },
                points[1] with { Payload = points[1].Payload with { Camera = "Canon EOS R5", Tags = ["seaside, evening"] } },
                points[2] with { Payload = points[2].Payload with { Camera = "Lumen Pocket", Rating = 0 } },
            ],
            default);
        return scene;
    }
}
