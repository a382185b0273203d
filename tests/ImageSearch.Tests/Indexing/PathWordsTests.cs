using ImageSearch.Indexing;
using Xunit;

namespace ImageSearch.Tests.Indexing;

public sealed class PathWordsTests
{
    [Theory]
    [InlineData("2024/RomeTrip/IMG_0042-red_door.jpg", "2024 Rome Trip IMG 0042 red door")]
    [InlineData("DSC01234.JPG", "DSC 01234")]
    [InlineData("a.b/c.d.jpg", "a b c d")]
    [InlineData("folder.name/file", "folder name file")]
    [InlineData("HTMLParser.png", "HTML Parser")]
    [InlineData("ÉtéÀParis.png", "Été À Paris")]
    [InlineData("Cafe\u0301.png", "Cafe\u0301")]
    [InlineData("北京2008.png", "北京 2008")]
    [InlineData("___.png", "")]
    public void The_words_of_a_path_are_split_at_marks_case_and_digits(string path, string words) =>
        Assert.Equal(words, PathWords.Of(path));
}
