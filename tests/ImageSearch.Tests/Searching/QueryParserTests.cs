using ImageSearch.Collections;
using ImageSearch.Searching;
using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class QueryParserTests
{
    [Fact]
    public void Plain_words_are_one_text()
    {
        var query = QueryParser.Parse("  red   flower on\tgrass ");

        Assert.Equal(new SearchQuery { Parts = [new QueryPart.Text("red flower on grass")] }, query, Same);
    }

    [Fact]
    public void An_empty_text_asks_for_everything()
    {
        Assert.Equal(new SearchQuery(), QueryParser.Parse(" \t\n"), Same);
    }

    [Fact]
    public void Words_keep_together_whatever_stands_between_them()
    {
        Assert.Equal([new QueryPart.Text("red flower")], QueryParser.Parse("red type:jpg flower").Parts);
    }

    [Fact]
    public void Quoted_text_must_occur_and_a_minus_forbids_it()
    {
        var conditions = Conditions("\"golden retriever\" -\"my cat\" -dog");

        Assert.Equal(
            [
                new ImageCondition.HasPhrase("golden retriever"),
                new ImageCondition.Not(new ImageCondition.HasPhrase("my cat")),
                new ImageCondition.Not(new ImageCondition.HasWord("dog")),
            ],
            conditions);
    }

    [Fact]
    public void A_weight_makes_a_text_a_matter_of_ranking_alone()
    {
        var query = QueryParser.Parse("2:cat 0.5:\"golden retriever\" -1.5:dog 0.5:like:a.jpg -like:b.jpg");

        Assert.Equal(
            [
                new QueryPart.Text("cat", 2),
                new QueryPart.Text("golden retriever", 0.5),
                new QueryPart.Text("dog", -1.5),
                new QueryPart.Picture("a.jpg", 0.5),
                new QueryPart.Picture("b.jpg", -1),
            ],
            query.Parts);
        Assert.Empty(query.Filter.Conditions);
    }

    [Fact]
    public void A_hyphen_after_a_quote_forbids_nothing()
    {
        var query = QueryParser.Parse("“Fuji”-apple");

        Assert.Equal([new QueryPart.Text("-apple")], query.Parts);
        Assert.Equal([new ImageCondition.HasPhrase("Fuji")], query.Filter.Conditions);
    }

    public static TheoryData<string, ImageCondition> Filters => new()
    {
        { "path:2024/*/img_*.jpg", new ImageCondition.PathMatches("2024/*/img_*.jpg") },
        { "folder:\"summer 2024\"", new ImageCondition.InFolder("summer 2024") },
        { "folder:\"summer 2024\"/rome", new ImageCondition.InFolder("summer 2024/rome") },
        { "library:photos", new ImageCondition.InLibrary("photos") },
        { "TYPE:JPG", new ImageCondition.HasFormat("jpeg") },
        { "after:2024", new ImageCondition.TakenWithin(new DateTime(2024, 1, 1), null) },
        { "after:2024-05", new ImageCondition.TakenWithin(new DateTime(2024, 5, 1), null) },
        { "before:2024-05-31", new ImageCondition.TakenWithin(null, new DateTime(2024, 5, 31)) },
        { "before:2024-05-31T14:30", new ImageCondition.TakenWithin(null, new DateTime(2024, 5, 31, 14, 30, 0)) },
        { "taken:2024", new ImageCondition.TakenWithin(new DateTime(2024, 1, 1), new DateTime(2025, 1, 1)) },
        { "taken:2024-02-29", new ImageCondition.TakenWithin(new DateTime(2024, 2, 29), new DateTime(2024, 3, 1)) },
        { "taken:2023..2024-06", new ImageCondition.TakenWithin(new DateTime(2023, 1, 1), new DateTime(2024, 7, 1)) },
        { "taken:..2024-06", new ImageCondition.TakenWithin(null, new DateTime(2024, 7, 1)) },
        { "taken:>2024-06", new ImageCondition.TakenWithin(new DateTime(2024, 7, 1), null) },
        { "taken:<2024-06", new ImageCondition.TakenWithin(null, new DateTime(2024, 6, 1)) },
        { "taken:9999", new ImageCondition.TakenWithin(new DateTime(9999, 1, 1), null) },
        { "taken:9999-12-31", new ImageCondition.TakenWithin(new DateTime(9999, 12, 31), null) },
        { "camera:\"EOS R5\"", new ImageCondition.CameraContains("EOS R5") },
        { "near:41.89,12.49,5", new ImageCondition.Near(41.89, 12.49, 5) },
        { "near:-41.89,-12.49", new ImageCondition.Near(-41.89, -12.49, 10) },
        { "near:41.89,12.49,0.5km", new ImageCondition.Near(41.89, 12.49, 0.5) },
        { "width:2000", new ImageCondition.WidthWithin(2000, 2000) },
        { "width:>=2000", new ImageCondition.WidthWithin(2000, null) },
        { "width:>2000", new ImageCondition.WidthWithin(2001, null) },
        { "height:<2000", new ImageCondition.HeightWithin(null, 1999) },
        { "height:<=2000", new ImageCondition.HeightWithin(null, 2000) },
        { "height:1000..2000", new ImageCondition.HeightWithin(1000, 2000) },
        { "rating:4..5", new ImageCondition.RatingWithin(4, 5) },
        { "rating:4..", new ImageCondition.RatingWithin(4, null) },
        { "color:gray", new ImageCondition.HasColour("grey", 0.1f) },
        { "colour:red", new ImageCondition.HasColour("red", 0.1f) },
        { "tag:\"a, b\"", new ImageCondition.HasTag("a, b") },
        { "tag:\"say \"\"hi\"\"\"", new ImageCondition.HasTag("say \"hi\"") },
        { "-type:gif", new ImageCondition.Not(new ImageCondition.HasFormat("gif")) },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_key_and_a_value_are_a_condition(string text, ImageCondition expected)
    {
        Assert.Equal([expected], Conditions(text));
        Assert.Empty(QueryParser.Parse(text).Parts);
    }

    [Fact]
    public void Commas_mean_or()
    {
        var either = new ImageCondition.Any([new ImageCondition.HasFormat("jpeg"), new ImageCondition.HasFormat("png")]);

        Assert.Equivalent(new ImageCondition[] { either, new ImageCondition.Not(either) }, Conditions("type:jpg,png -type:jpg,png"), strict: true);
    }

    [Theory]
    [InlineData("sort:relevance", SearchSort.Relevance)]
    [InlineData("sort:date", SearchSort.Newest)]
    [InlineData("sort:date-asc", SearchSort.Oldest)]
    [InlineData("sort:diverse", SearchSort.Diverse)]
    [InlineData("sort:date sort:date-asc", SearchSort.Oldest)]
    public void The_order_can_be_asked_for(string text, SearchSort expected)
    {
        Assert.Equal(expected, QueryParser.Parse(text).Sort);
    }

    [Theory]
    [InlineData("group:folder", GroupField.Folder, 1)]
    [InlineData("group:Day,3", GroupField.Day, 3)]
    [InlineData("group:folder group:camera,100", GroupField.Camera, 100)]
    public void Groups_can_be_asked_for(string text, GroupField field, int most)
    {
        Assert.Equal(new HitGrouping(field, most), QueryParser.Parse(text).Grouping);
    }

    [Theory]
    [InlineData("note:this")]
    [InlineData("12:30")]
    [InlineData("16:9")]
    [InlineData("3:10")]
    [InlineData("2024:summer")]
    [InlineData("https://example.org/a?b=c")]
    [InlineData("file:///a/b")]
    [InlineData("data:image/png")]
    [InlineData(@"C:\pictures\a.jpg")]
    [InlineData("--help")]
    [InlineData(":-)")]
    [InlineData("27\"")]
    public void What_only_looks_like_syntax_is_a_word(string text)
    {
        Assert.Equal([new QueryPart.Text(text)], QueryParser.Parse(text).Parts);
    }

    [Theory]
    [InlineData("red foldr:rome", "foldr:rome", 4, "'folder:'")]
    [InlineData("format:jpg", "format:jpg", 0, "'type:'")]
    [InlineData("-raiting:5", "raiting:5", 1, "'rating:'")]
    public void A_key_that_is_nearly_one_is_pointed_out(string text, string part, int position, string suggestion)
    {
        var exception = Assert.Throws<QueryException>(() => QueryParser.Parse(text));

        Assert.Equal((part, position), (exception.Part, exception.Position));
        Assert.Contains(suggestion, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type:", "type:", 0)]
    [InlineData("type:jpg, png", "type:jpg,", 0)]
    [InlineData("a type:docx", "type:docx", 2)]
    [InlineData("a \"open", "\"open", 2)]
    [InlineData("-\"open", "\"open", 1)]
    [InlineData("after:yesterday", "after:yesterday", 0)]
    [InlineData("after:2024-13", "after:2024-13", 0)]
    [InlineData("before:2023-02-29", "before:2023-02-29", 0)]
    [InlineData("taken:2024..2023", "taken:2024..2023", 0)]
    [InlineData("taken:..", "taken:..", 0)]
    [InlineData("taken:>9999", "taken:>9999", 0)]
    [InlineData("near:91,0,5", "near:91,0,5", 0)]
    [InlineData("near:0,0,NaN", "near:0,0,NaN", 0)]
    [InlineData("near:0,0,1e308", "near:0,0,1e308", 0)]
    [InlineData("near:0", "near:0", 0)]
    [InlineData("width:-5", "width:-5", 0)]
    [InlineData("width:9999999999", "width:9999999999", 0)]
    [InlineData("width:>2147483647", "width:>2147483647", 0)]
    [InlineData("height:<0", "height:<0", 0)]
    [InlineData("rating:6", "rating:6", 0)]
    [InlineData("rating:5..4", "rating:5..4", 0)]
    [InlineData("colour:mauve", "colour:mauve", 0)]
    [InlineData("like:", "like:", 0)]
    [InlineData("sort:size", "sort:size", 0)]
    [InlineData("-sort:date", "-sort:date", 0)]
    [InlineData("a group:lens", "group:lens", 2)]
    [InlineData("group:day,0", "group:day,0", 0)]
    [InlineData("group:day,101", "group:day,101", 0)]
    [InlineData("group:day,1,2", "group:day,1,2", 0)]
    [InlineData("-group:day", "-group:day", 0)]
    [InlineData("2:type:jpg", "2:type:jpg", 0)]
    [InlineData("0:cat", "0:cat", 0)]
    [InlineData("101:cat", "101:cat", 0)]
    public void A_part_that_cannot_be_is_named_with_its_place(string text, string part, int position)
    {
        var exception = Assert.Throws<QueryException>(() => QueryParser.Parse(text));

        Assert.Equal((part, position), (exception.Part, exception.Position));
        Assert.Contains($"at character {position + 1}.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u202Etype:jpg\u202C")]
    [InlineData("\uFEFFtype:jpg")]
    [InlineData("ty\u200Epe:jpg")]
    [InlineData("\0type:jpg\0")]
    public void Marks_of_direction_and_control_characters_mean_nothing(string text)
    {
        Assert.Equal([new ImageCondition.HasFormat("jpeg")], Conditions(text));
        Assert.Empty(QueryParser.Parse(text).Parts);
    }

    [Fact]
    public void A_place_counts_what_was_typed()
    {
        var exception = Assert.Throws<QueryException>(() => QueryParser.Parse("\u202Ered\u202C type:docx"));

        Assert.Equal(6, exception.Position);
    }

    [Fact]
    public void Halves_of_characters_are_replaced_and_whole_ones_kept()
    {
        Assert.Equal([new QueryPart.Text("a\uFFFD \U0001F600 \uFFFD")], QueryParser.Parse("a\uD83D \U0001F600 \uDE00").Parts);
    }

    [Fact]
    public void A_longer_text_than_anyone_types_is_refused_with_the_limit()
    {
        _ = QueryParser.Parse(new string('a', QueryParser.LongestText));

        var exception = Assert.Throws<QueryException>(() => QueryParser.Parse(new string('a', 1_000_000)));
        Assert.Contains("1000000", exception.Message, StringComparison.Ordinal);
        Assert.Contains("20000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_conditions_or_parts_than_an_answer_can_afford_are_refused_with_the_limit()
    {
        var conditions = Assert.Throws<QueryException>(() => QueryParser.Parse("tag:" + string.Join(',', Enumerable.Range(0, 201))));
        var parts = Assert.Throws<QueryException>(() => QueryParser.Parse(string.Join(' ', Enumerable.Repeat("2:cat", 33))));

        Assert.Contains("201 conditions", conditions.Message, StringComparison.Ordinal);
        Assert.Contains("33 weighted", parts.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_quotes_neither_control_characters_nor_long_text()
    {
        var exception = Assert.Throws<QueryException>(() => QueryParser.Parse("type:\"\u001b[31m\u202E" + new string('x', 5000) + "\""));

        Assert.DoesNotContain('\u001b', exception.Message);
        Assert.DoesNotContain('\u202E', exception.Message);
        Assert.InRange(exception.Message.Length, 1, 500);
    }

    private static IReadOnlyList<ImageCondition> Conditions(string text) => QueryParser.Parse(text).Filter.Conditions;

    private static bool Same(SearchQuery expected, SearchQuery actual) =>
        expected.ToString() == actual.ToString() && expected.Parts.SequenceEqual(actual.Parts) && expected.Sort == actual.Sort;
}
