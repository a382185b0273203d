using ImageSearch.Searching;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Vision;
using ImageSearch.Vision;
using Xunit;

namespace ImageSearch.Tests.Searching.Planning;

public sealed class TranslationTests
{
    [Theory]
    [InlineData(VisionModels.Claude)]
    [InlineData(VisionModels.Llama)]
    [InlineData(VisionModels.Pixtral)]
    public async Task Words_of_another_language_are_put_into_English_then_read_by_rules_and_kept(string model)
    {
        await using var room = await PlannerRoom.OpenAsync("""{"language":"de","english":"cat in the snow in 2019"}""");

        var plan = await room.TranslateAsync("Katze im Schnee 2019 folder:x", new VisionOptions { Model = model });
        var again = await room.TranslateAsync("Katze im Schnee 2019", new VisionOptions { Model = model });

        Assert.Equal("cat in the snow folder:x taken:2019", plan.Query.ToString());
        Assert.Equal("Katze im Schnee 2019", plan.Query.OtherWords);
        Assert.Equal(new QueryTranslation("de", "cat in the snow in 2019"), plan.Translated);
        Assert.Equal("Translated from German: 'cat in the snow in 2019'.", plan.Notes[0]);
        Assert.Equal(plan.Translated, again.Translated);
        Assert.Equal(1, room.Ledger.PaceOf(model, "translate")?.Calls);
        _ = Assert.Single(room.Server.Calls);
    }

    [Fact]
    public async Task Words_that_exclude_something_are_not_ranked_by_as_they_were_typed()
    {
        await using var room = await PlannerRoom.OpenAsync("""{"language":"de","english":"cat without glasses"}""");

        var plan = await room.TranslateAsync("Katze ohne Brille");
        var words = await room.TranslateAsync("Katze ohne Brille", by: QueryPlanning.Off);

        Assert.Equal(("cat -glasses", ""), (plan.Query.ToString(), plan.Query.OtherWords));
        Assert.Equal(("cat without glasses", "Katze ohne Brille"), (words.Query.ToString(), words.Query.OtherWords));
    }

    [Fact]
    public async Task A_plan_and_a_translation_are_one_call()
    {
        await using var room = await PlannerRoom.OpenAsync("""{"words":"cat","language":"de-DE","takenFrom":"2019-01-01","takenTo":"2019-12-31"}""");

        var plan = await room.TranslateAsync("Katze aus 2019", by: QueryPlanning.Model);

        Assert.Equal("cat taken:2019", plan.Query.ToString());
        Assert.Equal(new QueryTranslation("de", "cat"), plan.Translated);
        _ = Assert.Single(room.Server.Calls);
    }

    [Theory]
    [InlineData("""{"language":"en","english":"something else"}""", "cat taken:2019", null)]
    [InlineData("""{"language":"","english":"something else"}""", "cat taken:2019", null)]
    [InlineData("""{"language":"de","english":"like:a.jpg"}""", "cat taken:2019", "The words were not translated. The answer of")]
    [InlineData("""{"language":"de","english":""}""", "cat taken:2019", "The words were not translated. The answer of")]
    [InlineData("""{"language":"de","english":["a"]}""", "cat taken:2019", "The words were not translated. The answer of")]
    public async Task Without_a_translation_of_use_the_words_stay(string answer, string expected, string? said)
    {
        await using var room = await PlannerRoom.OpenAsync(_ => new FakeReply.Words(answer));

        var plan = await room.TranslateAsync("cat in 2019", new VisionOptions { Model = VisionModels.Pixtral });

        Assert.Equal(expected, plan.Query.ToString());
        Assert.Null(plan.Translated);
        Assert.False(plan.Request.Translates);
        Assert.Equal(said is not null, plan.Notes.Any(note => note.StartsWith(said ?? "The words were not", StringComparison.Ordinal)));
    }
}
