using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Searching;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class QueryRoundTripTests
{
    private static readonly string[] Pieces =
    [
        "red", "flower", "the", "-", "--", "-dog", "\"", "\"golden retriever\"", "-\"my cat\"", "„x”", "\"a\"\"b\"", "1:", "2:cat", "1:\"red\"", "-0.5:dog", "0.00001:x",
        "type:jpg", "-type:jpg,png", "folder:\"summer 2024\"", "path:a,\"b,c\"", "tag:\"say \"\"hi\"\"\"", "after:2024", "before:2024-05-31T10:20:30",
        "taken:2023..2024-06", "taken:2024-05-31T10:20", "taken:9999", "near:41.89,12.49", "near:0.1,-0.00001,3km", "width:>=2000", "height:<5", "rating:4..5",
        "colour:red,gray", "camera:canon", "library:a", "like:a.jpg", "2:like:\"a b.jpg\"", "-like:a,b.jpg", "sort:date", "sort:date-asc", "sort:diverse", "group:day", "group:folder,3", "note:this", "12:30",
        "https://a/b", "C:\\x", "\u202E", "\0", "\uD83D", "\U0001F600", "字", ",", ":", "..", ">", "type:", "foldr:x", "x:", "\t", "é", "e\u0301",
    ];

    private static readonly Gen<string> Texts =
        from count in Gen.Choose(0, 8)
        from pieces in Gen.ListOf(Gen.OneOf(Gen.Elements(Pieces), ArbMap.Default.GeneratorFor<char>().Select(c => c.ToString())), count)
        from glue in Gen.Elements(" ", "", "  ")
        select string.Join(glue, pieces);

    [Fact]
    public void A_query_is_read_back_from_its_text_as_the_same_query()
    {
        var read = 0;
        var property = Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            if (Read(text) is not { } query)
            {
                return;
            }

            read++;
            Assert.Equivalent(query, QueryParser.Parse(query.ToString()), strict: true);
            Assert.Equal(query.ToString(), QueryParser.Parse(query.ToString()).ToString());
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), property);
        Assert.InRange(read, 1_000, 2_000);
    }

    [Theory]
    [InlineData("red  flower type:jpg -dog \"x y\" sort:date", "red flower type:jpeg -dog \"x y\" sort:date")]
    [InlineData("1:\"red\" rose", "rose 1:\"red\"")]
    [InlineData("taken:2024 width:<=5", "taken:2024 width:<=5")]
    [InlineData("taken:2024-02-01..2024-02-29 taken:2024-02-29..2024-02-29", "taken:2024-02 taken:2024-02-29")]
    [InlineData("taken:2023..2024-06-10 taken:9999..9999-03-01", "taken:2023-01-01..2024-06-10 taken:9999-01-01..9999-03-01")]
    [InlineData("2:like:\"a b.jpg\" tag:x,\"y,z\"", "2:like:\"a b.jpg\" tag:x,\"y,z\"")]
    public void A_query_is_printed_in_one_way(string text, string expected)
    {
        Assert.Equal(expected, QueryParser.Parse(text).ToString());
    }

    [Fact]
    public void The_items_of_a_query_are_what_it_is_made_of()
    {
        var query = QueryParser.Parse("red flower 2:tree like:id:1 -like:b.jpg \"in bloom\" -dog -\"my cat\" -type:gif taken:2024 sort:date");

        Assert.Equal(
            [
                new("red flower", QueryItemKind.Words), new("2:\"tree\"", QueryItemKind.Words), new("like:id:1", QueryItemKind.Picture), new("-like:b.jpg", QueryItemKind.Picture),
                new("\"in bloom\"", QueryItemKind.Exact), new("-dog", QueryItemKind.Exclude), new("-\"my cat\"", QueryItemKind.Exclude),
                new("-type:gif", QueryItemKind.Filter), new("taken:2024", QueryItemKind.Filter), new PrintedItem("sort:date", QueryItemKind.Sort),
            ],
            query.Items);
        Assert.Equal(query.ToString(), string.Join(' ', query.Items.Select(item => item.Text)));
    }

    [Fact]
    public void Words_that_would_mean_something_else_bare_are_printed_in_quotes()
    {
        var query = new SearchQuery { Parts = [new QueryPart.Text("type:jpg -dog \"open")] };

        Assert.Equal("1:\"type:jpg -dog \"\"open\"", query.ToString());
        Assert.Equal(query.Parts, QueryParser.Parse(query.ToString()).Parts);
    }

    [SharedDataFact("photos")]
    public void Captions_of_people_in_77_languages_are_read_as_plain_words()
    {
        var captions = File.ReadLines(SharedData.PathOf("photos", "tuxpaint-stamps.captions.tsv")).Skip(1).Select(line => line.Split('\t')[^1])
            .Concat(File.ReadLines(SharedData.PathOf("photos", "flickr8k-queries.txt")).Skip(1))
            .Where(caption => caption.Trim().Length > 0 && !caption.Contains(" -", StringComparison.Ordinal) && !caption.Any(QueryScanner.IsQuote));

        Assert.All(captions, caption =>
        {
            var query = QueryParser.Parse(caption);

            var words = string.Concat(caption.Select(c => QueryScanner.IsBlank(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal([new QueryPart.Text(string.Join(' ', words))], query.Parts);
            Assert.Empty(query.Filter.Conditions);
        });
    }

    private static SearchQuery? Read(string text)
    {
        try
        {
            return QueryParser.Parse(text);
        }
        catch (QueryException)
        {
            return null;
        }
    }
}
