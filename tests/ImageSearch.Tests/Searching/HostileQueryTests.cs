using ImageSearch.Collections;
using ImageSearch.Embedding;
using ImageSearch.Imaging;
using ImageSearch.Searching;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Searching;

/// <summary>Whatever is typed is answered or refused with a <see cref="QueryException"/>, all the way through embedder and database.</summary>
public sealed class HostileQueryTests
{
    private static readonly string[] Hostile =
    [
        "", " ", "\0", "\0\0cat\0", "\uD83D", "\uDE00\uD83D", "\uFFFE\uFFFF", "\u202Eevil\u202C", "z\u0351a\u0361l\u035Fg\u0322o", "\U0001F469‍\U0001F469‍\U0001F467",
        "!!!", "***", "?", "^", "~", "''", "';--", "1' OR '1'='1", "\"\" OR \"\"", "cat*", "^cat", "NEAR(a b)", "a AND b NOT c", "{words} : cat", "words:cat",
        "-*", "-\"*\"", "-^", "\"'\"", "\"%\"", "path:%", "path:_", "path:[a-z]*", "folder:/", "folder:..", "tag:\"'\"", "camera:'", "library:\"\0\"",
        "%s%n%x", "$(reboot)", "`id`", "<script>alert(1)</script>", "../../etc/passwd", "like:/etc/passwd", "like:/dev/zero", "like:/", "like:.", "like:\"\0\"", "like:\"\uD83D\"",
        "like:" + "a/../../../../../../../../etc/passwd", "near:NaN,NaN,NaN", "near:1e308,0,1", "width:99999999999999999999", "taken:0000", "after:99999", "1e5:cat", "99:cat -99:cat",
        "字", "犬が好き", "Привет мир", "سلام دنیا", "ไทย", "İstanbul ıııı", "ﬁ ﬂ", "ß ẞ", "\u00AD", "\u200B",
    ];

    [Fact]
    public async Task Whatever_is_typed_is_answered_or_refused_with_a_reason()
    {
        using var folder = new TempFolder();
        using var embedder = new OfflineEmbeddingGenerator(ImageLimits.Default);
        await using var collection = await EmbeddedCollection.OpenAsync(
            folder.Path, new CollectionFingerprint(OfflineEmbeddingGenerator.ModelId, OfflineEmbeddingGenerator.Dimension, "1"), CollectionAccess.Write, TimeProvider.System, default);
        var picture = SearchScene.Point("cats/cat 字.jpg", [.. Enumerable.Repeat(1f, OfflineEmbeddingGenerator.Dimension)], words: "cats cat 字 犬");
        await collection.UpsertAsync([picture], default);
        var searcher = new ImageSearcher(collection, embedder, new QueryPictureFiles([], folder.Path, ImageLimits.Default).ReadAsync, TimeProvider.System);
        string[] overlong =
        [
            new('a', QueryParser.LongestText), new('字', QueryParser.LongestText), string.Concat(Enumerable.Repeat("a b c ", 3_000)),
            string.Concat(Enumerable.Range(0, 3_000).Select(number => $"w{number} ")), "\"" + new string('x', 10_000) + "\"", new string('"', 10_000),
            string.Concat(Enumerable.Repeat("-dog ", 200)), string.Concat(Enumerable.Repeat("\"a b\" ", 200)), "path:" + new string('*', 10_000) + "x",
            "path:" + string.Concat(Enumerable.Repeat("*a", 5_000)), string.Concat(Enumerable.Repeat("🙂", 9_000)), new string('-', 5_000), new string(':', 5_000),
            string.Concat(Enumerable.Repeat("2:cat ", 32)), "tag:" + string.Join(',', Enumerable.Repeat("x", 200)), new string('a', 1_000_000),
        ];

        var refused = 0;
        foreach (var text in Hostile.Concat(overlong))
        {
            try
            {
                _ = await searcher.SearchAsync(QueryParser.Parse(text));
            }
            catch (QueryException exception)
            {
                refused++;
                Assert.InRange(exception.Message.Length, 1, 600);
                Assert.DoesNotContain(exception.Message, char.IsControl);
            }
        }

        Assert.InRange(refused, 1, Hostile.Length / 2);
    }
}
