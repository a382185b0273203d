using ImageSearch.Embedding.Offline;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class VisualLexiconTests
{
    [Fact]
    public void A_word_that_is_not_known_says_nothing_about_looks() => Assert.Empty(StrokesOf("invoice of the dentist"));

    [Fact]
    public void Synonyms_and_plurals_of_a_word_look_the_same()
    {
        Assert.Equal(StrokesOf("forest"), StrokesOf("forests"));
        Assert.Equal(StrokesOf("red"), StrokesOf("crimson"));
    }

    [Fact]
    public void Dark_and_light_change_the_colour_named_after_them()
    {
        var plain = Lightness("blue");

        Assert.True(Lightness("dark blue") < plain - 0.1);
        Assert.True(Lightness("light blue") > plain + 0.1);
        Assert.Single(StrokesOf("dark blue"));
    }

    [Fact]
    public void Dark_before_a_scene_with_a_layout_is_a_word_of_its_own() => Assert.Equal(2, StrokesOf("dark sky").Count);

    [Fact]
    public void Black_and_white_is_one_thing() => Assert.Equal(StrokesOf("monochrome"), StrokesOf("a black and white portrait").Take(1));

    [Fact]
    public void A_sky_lies_above_and_grass_below()
    {
        Assert.Equal(SketchPlace.Top, Assert.Single(StrokesOf("sky")).Place);
        Assert.Equal(SketchPlace.Bottom, Assert.Single(StrokesOf("grass")).Place);
    }

    [Fact]
    public void A_sketch_without_strokes_is_the_average_photograph() =>
        Assert.All(ColourSketch.Measure([]).Zip(VisualStatistics.Means.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));

    private static IReadOnlyList<SketchStroke> StrokesOf(string text) => VisualLexicon.StrokesOf(TextWords.Split(text));

    private static float Lightness(string text) => StrokesOf(text).Single().Colours.Average(colour => colour.L);
}
