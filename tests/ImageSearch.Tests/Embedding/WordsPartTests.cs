using System.Numerics.Tensors;
using ImageSearch.Embedding.Offline;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class WordsPartTests
{
    [Theory]
    [InlineData("flowers", "flower")]
    [InlineData("beaches", "beach")]
    [InlineData("boxes", "box")]
    [InlineData("berries", "berry")]
    [InlineData("running", "run")]
    [InlineData("walked", "walk")]
    [InlineData("dancing", "dance")]
    [InlineData("houses", "house")]
    [InlineData("tomatoes", "tomato")]
    [InlineData("falling", "fall")]
    [InlineData("hiking", "hike")]
    [InlineData("raining", "rain")]
    [InlineData("gardening", "garden")]
    [InlineData("horses", "horse")]
    public void Forms_of_a_word_share_a_stem(string form, string word) => Assert.Equal(WordStem.Of(word), WordStem.Of(form));

    [Theory]
    [InlineData("glass", "gla")]
    [InlineData("bus", "bu")]
    [InlineData("iris", "iri")]
    [InlineData("ring", "r")]
    [InlineData("red", "r")]
    [InlineData("spring", "spr")]
    [InlineData("car", "care")]
    [InlineData("plane", "plan")]
    public void Words_that_only_look_like_forms_keep_their_stems_apart(string word, string other) =>
        Assert.NotEqual(WordStem.Of(other), WordStem.Of(word));

    [Theory]
    [InlineData("2024/Rome-trip/IMG_0012.JPG", "2024 rome trip img 0012 jpg")]
    [InlineData("holidayInRome", "holiday in rome")]
    [InlineData("Crème Brûlée", "creme brulee")]
    [InlineData("Cre\u0300me", "creme")]
    [InlineData("ŁÓDŹ", "lodz")]
    [InlineData("black-and-white", "black and white")]
    [InlineData("day2day", "day 2 day")]
    [InlineData("straße", "straße")]
    [InlineData("  ", "")]
    public void Texts_and_paths_are_split_into_words(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', TextWords.Split(text)));

    [Fact]
    public void Counters_formats_and_articles_tell_nothing()
    {
        Assert.Null(WordsPart.Of(TextWords.Split("the IMG_0012.JPG")));
        Assert.NotNull(WordsPart.Of(TextWords.Split("2024")));
    }

    [Fact]
    public void Unrelated_words_have_a_cosine_near_zero()
    {
        string[] words = ["windmill", "coffee", "raccoon", "astronaut", "invoice", "guitar", "bridge", "tulip", "harbour", "teapot"];
        var parts = words.Select(word => WordsPart.Of([word])!).ToArray();

        var cosines = (
            from left in parts
            from right in parts
            where left != right
            select TensorPrimitives.Dot<float>(left, right)).ToArray();

        Assert.InRange(cosines.Max(MathF.Abs), 0, 0.3f);
        Assert.InRange(cosines.Average(), -0.05f, 0.05f);
    }

    [Theory]
    [InlineData("puppy", "dog")]
    [InlineData("kittens", "cat")]
    [InlineData("aeroplane", "airplanes")]
    [InlineData("smiling", "happy")]
    public void Synonyms_share_a_concept(string word, string other) =>
        Assert.NotEmpty(Synonyms.ConceptsOf(WordStem.Of(word)).Intersect(Synonyms.ConceptsOf(WordStem.Of(other))));
}
