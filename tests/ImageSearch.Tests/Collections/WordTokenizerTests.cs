using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Tests.Collections;

public sealed class WordTokenizerTests
{
    [Fact]
    public void Words_lose_case_accents_and_endings_and_keep_their_order()
    {
        using var tokenizer = new WordTokenizer();

        Assert.Equal(["the", "dog", "run", "to", "cafe", "東", "京", "2024"], tokenizer.Split("The DOGS, running to Cafés: 東京 2024!"));
    }

    [Fact]
    public void Texts_are_split_apart_and_texts_without_words_have_none()
    {
        using var tokenizer = new WordTokenizer();

        var split = tokenizer.Split(["a b", "", "!?", "b a b"]);

        Assert.Equal([["a", "b"], [], [], ["b", "a", "b"]], split);
        Assert.Equal(split, tokenizer.Split(["a b", "", "!?", "b a b"]));
    }
}
