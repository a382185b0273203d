using ImageSearch.Collections;

namespace ImageSearch.Testing.Conformance;

/// <summary>Texts that have broken search programs: syntax of SQL, of full-text queries and of patterns, odd Unicode, and sheer size.</summary>
public static class NaughtyTexts
{
    public static IReadOnlyList<string> All { get; } =
    [
        "", " ", "\0", "a\0b", "'", "\"", "\"\"", "''", "`", ";", "--", "/*", "*/", "*", "?", "%", "_", "\\", "\\\\", "[", "]", "[a-z]", "^", "$", "(", ")", "()", "{", "}",
        "AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "a AND b", "a OR b", "NOT a", "-a", "+a", "a*", "^a", "words:a", "words : a", "{words} : a", "-words: a", "rowid", "rank",
        "'; DROP TABLE points; --", "' OR '1'='1", "\" OR \"a\" OR \"", "\") OR (\"", "?1", ":p", "@p", "$p", "1 OR 1=1", "NULL", "null", "undefined", "true", "NaN", "Infinity",
        "\r\n", "\t", "line one\nline two", "\u202Eright to left", "\uFEFFbyte order mark", "zero\u200Bwidth", "e\u0301 combining", "ﬁ ligature", "ß", "İstanbul", "ıI", "ſ", "ǅ",
        "\uD800", "\uDC00", "a\uD800b", "\uFFFF", "\uFFFE", "👍", "👩‍👩‍👧‍👦", "🇯🇵", "🏳️‍🌈", "東京", "日本語のテキスト", "한국어", "ไทย", "עברית", "العربية", "हिन्दी", "Ελληνικά",
        "<script>alert(1)</script>", "{\"a\":1}", "${7*7}", "../../etc/passwd", "C:\\", "%s%n%x", "\u001B[31m", new string('a', 100_000), new string('*', 60_000),
        new string('?', 60_000), string.Concat(Enumerable.Repeat("ab ", 300_000)), string.Concat(Enumerable.Repeat("*a", 30_000)), new string('"', 50_000), new string('語', 50_000),
    ];

    /// <summary>Every condition that takes text, with this one.</summary>
    public static IEnumerable<ImageCondition> Conditions(string text) =>
    [
        new ImageCondition.InLibrary(text),
        new ImageCondition.PathMatches(text),
        new ImageCondition.InFolder(text),
        new ImageCondition.HasFormat(text),
        new ImageCondition.HasContent(text),
        new ImageCondition.CameraContains(text),
        new ImageCondition.HasColour(text, 0),
        new ImageCondition.HasTag(text),
        new ImageCondition.HasPhrase(text),
        new ImageCondition.HasWord(text),
    ];
}
