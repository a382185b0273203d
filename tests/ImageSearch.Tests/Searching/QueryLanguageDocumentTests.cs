using System.Text.RegularExpressions;
using ImageSearch.Searching;
using ImageSearch.Tests.Conventions;
using Xunit;

namespace ImageSearch.Tests.Searching;

/// <summary>docs/query-language.md says what <see cref="QueryFilters"/> and <see cref="QueryParser"/> do.</summary>
public sealed partial class QueryLanguageDocumentTests
{
    private const string Document = "docs/query-language.md";

    /// <summary>Set to 1, the table of filters is written into the document instead of compared with it.</summary>
    private const string WriteSwitch = "IMAGESEARCH_WRITE_DOCS";

    [Fact]
    public void The_table_of_filters_is_the_one_of_the_program()
    {
        var document = SourceTree.Read(Document);
        var rows = FilterTable().Match(document).Groups["rows"];
        var expected = Table();
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, Document), document[..rows.Index] + expected + document[(rows.Index + rows.Length)..]);
            return;
        }

        Assert.True(
            rows.Value == expected,
            $"{Document} and QueryFilters differ. Run this test with {WriteSwitch}=1 to write the table:\n{expected}");
    }

    [Fact]
    public void Every_example_in_the_document_and_of_the_filters_parses()
    {
        var examples = Example().Matches(SourceTree.Read(Document)).Select(match => match.Groups["query"].Value)
            .Concat(QueryFilters.All.SelectMany(filter => filter.Examples)).ToList();

        Assert.True(examples.Count > QueryFilters.All.Count);
        Assert.All(examples, example => Assert.NotEqual("", QueryParser.Parse(example).ToString()));
    }

    [Fact]
    public void Every_key_is_described_once_and_known()
    {
        Assert.Equal(QueryFilters.All.Count, QueryFilters.All.Select(filter => filter.Key).Distinct().Count());
        Assert.All(QueryFilters.All, filter => Assert.Throws<QueryException>(() => QueryParser.Parse(filter.Key + ":")));
    }

    private static string Table() => "| filter | meaning | values | examples |\n| --- | --- | --- | --- |\n"
        + string.Concat(QueryFilters.All.Select(filter =>
            $"| `{filter.Key}:` | {filter.Meaning} | {Escape(filter.Values)} | {string.Join(" ", filter.Examples.Select(example => $"`{example}`"))} |\n"));

    private static string Escape(string text) => text.Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex("<!-- filters -->\n(?<rows>.*)<!-- end of filters -->", RegexOptions.Singleline)]
    private static partial Regex FilterTable();

    /// <summary>Queries stand in the document as the first cell of a row and between backticks.</summary>
    [GeneratedRegex("^\\| `(?<query>[^`]+[^:`])` \\|", RegexOptions.Multiline)]
    private static partial Regex Example();
}
