using System.Text;
using ImageSearch.Embedding;
using Xunit;

namespace ImageSearch.Tests.Embedding;

public sealed class TextCutTests
{
    [Fact]
    public void A_text_is_cut_between_words_only_where_little_is_lost_by_it()
    {
        var flowers = new string('花', 500);

        Assert.Equal("a " + flowers[..9], TextCut.To("a " + flowers, 10, TokensOf));
        Assert.Equal("red flowers", TextCut.To("red flowers on grass", 3, TokensOf));
    }

    [Theory]
    [InlineData("one two three four", "one two")]
    [InlineData("花花花花", "花花")]
    [InlineData("😀😀😀", "😀")]
    public void A_half_keeps_words_and_characters_whole(string text, string half) => Assert.Equal(half, TextCut.Half(text));

    private static double TokensOf(Rune character) => character.IsAscii ? 1 / 4.0 : 1;
}
