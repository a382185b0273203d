using ImageSearch.Searching;
using Xunit;

namespace ImageSearch.Tests.Searching;

public sealed class SearchEvaluationTests
{
    private static readonly Dictionary<string, float[]> Words = new() { ["cat"] = [1, 0], ["dog"] = [0, 1] };

    [Fact]
    public void Labels_are_read_from_lines_of_a_query_and_its_answers()
    {
        var queries = LabelledQuery.Read(["query\tanswers", "# pets", "", "cat -dog\tpets/a.jpg\tb.jpg", "type:gif\tc (copy).gif"]);

        Assert.Equivalent(
            new[] { new LabelledQuery("cat -dog", ["pets/a.jpg", "b.jpg"]), new LabelledQuery("type:gif", ["c (copy).gif"]) }, queries, strict: true);
    }

    [Fact]
    public void A_label_without_an_answer_is_refused_with_its_line()
    {
        var exception = Assert.Throws<FormatException>(() => LabelledQuery.Read(["cat\ta.jpg", "dog\t"]));

        Assert.StartsWith("Line 2, 'dog", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recall_is_the_share_of_answers_among_the_first_hits_and_a_copy_counts_as_the_hit_that_lists_it()
    {
        await using var scene = await SearchScene.CreateAsync(2, Words);
        await scene.AddAsync(
            SearchScene.Point("cats/1.jpg", [9, 0]),
            SearchScene.Point("cats/2.jpg", [8, 1], content: "same"),
            SearchScene.Point("copies/2.jpg", [7, 1], content: "same"),
            SearchScene.Point("dogs/1.jpg", [0, 9]));

        var evaluation = await SearchEvaluation.RunAsync(
            scene.Searcher, LabelledQuery.Read(["cat\tcopies/2.jpg\tcats/2.jpg\tdogs/1.jpg\tmissing.jpg", "dog\tdogs/1.jpg", "dog\tcats/1.jpg"]), depth: 2);

        Assert.Equal([(2, (int?)2), (1, 1), (0, null)], evaluation.Queries.Select(outcome => (outcome.Found, outcome.FirstRank)));
        Assert.Equal((6, 3), (evaluation.Answers, evaluation.Found));
        Assert.Equal((0.5 + 1 + 0) / 3, evaluation.Recall, 1e-9);
        Assert.Equal((0.5 + 1 + 0) / 3, evaluation.MeanReciprocalRank, 1e-9);
    }
}
