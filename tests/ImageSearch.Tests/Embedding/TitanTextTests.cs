using ImageSearch.Embedding;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class TitanTextTests
{
    [Fact]
    public void A_text_is_cut_between_words_only_where_little_is_lost_by_it()
    {
        var flowers = new string('花', 500);

        Assert.Equal("a " + flowers[..9], TitanText.Cut("a " + flowers, 10));
        Assert.Equal("red flowers", TitanText.Cut("red flowers on grass", 3));
    }

    [Theory]
    [InlineData("one two three four", "one two")]
    [InlineData("花花花花", "花花")]
    [InlineData("😀😀😀", "😀")]
    public void A_half_keeps_words_and_characters_whole(string text, string half) => Assert.Equal(half, TitanText.Half(text));
}
