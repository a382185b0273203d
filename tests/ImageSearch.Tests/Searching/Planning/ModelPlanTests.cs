using ImageSearch.Searching;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Vision;
using ImageSearch.Vision;
using Xunit;

namespace ImageSearch.Tests.Searching.Planning;

/// <summary>A model reads the plain words of a query; whatever it says, only parts of a query come of it.</summary>
public sealed class ModelPlanTests
{
    private const string Whole =
        """
        {"words":"colosseum by night","language":"en","without":["people","parked cars"],"takenFrom":"2019-01-01","takenTo":"2019-12-31","latitude":"41.89","longitude":12.49,
        "kilometres":20,"cameras":["Canon"],"formats":["jpg"],"leastRating":4,"leastWidth":3000,"sort":"newest","groupBy":"day","perGroup":2,"unsupported":["in portrait format"]}
        """;

    [Theory]
    [InlineData(VisionModels.Claude)]
    [InlineData(VisionModels.Llama)]
    [InlineData(VisionModels.Pixtral)]
    public async Task What_the_words_say_becomes_parts_of_the_query_whatever_the_model(string model)
    {
        await using var room = await PlannerRoom.OpenAsync(Whole);

        var plan = await room.PlanAsync("photos of the colosseum type:jpg like:a.jpg", new VisionOptions { Model = model });

        Assert.Equal(
            "colosseum by night like:a.jpg -0.5:\"parked cars\" type:jpeg taken:2019 near:41.89,12.49,20 camera:Canon rating:>=4 width:>=3000 -people sort:date group:day,2",
            plan.Query.ToString());
        Assert.Equal(QueryPlanning.Model, plan.Request.By);
        Assert.Equal("1:\"photos of the colosseum\" like:a.jpg type:jpeg", plan.AsTyped);
        Assert.Contains(plan.Notes, note => note == "A search cannot ask for this: in portrait format.");
        Assert.Equal(plan.Query.ToString(), QueryPlanner.Read(QueryParser.Parse(plan.Query.ToString()), PlannerRoom.Today).Query.ToString());
    }

    [Fact]
    public async Task Only_the_plain_words_and_the_day_are_sent_and_the_call_is_booked_and_kept()
    {
        var asked = new List<FakeConversation>();
        await using var room = await PlannerRoom.OpenAsync(conversation =>
        {
            asked.Add(conversation);
            return PlannerRoom.Answer(conversation, """{"words":"cat","language":"en"}""");
        });

        _ = await room.PlanAsync("a cat folder:secret \"exact words\" like:private.jpg 2:\"weighted words\"");
        var kept = await room.PlanAsync("a cat");
        _ = await room.Planner().PlanAsync(QueryParser.Parse("a cat"), new PlanRequest(QueryPlanning.Model, PlannerRoom.Today.AddDays(1)));

        Assert.Equal("""The search: {"today":"Sunday 2026-11-22","text":"a cat"}""", asked[0].Text);
        Assert.Equal("cat", kept.Query.ToString());
        Assert.Equal(2, asked.Count);
        Assert.Equal(2, room.Ledger.PaceOf(VisionModels.Claude, "plan")?.Calls);
    }

    [Theory]
    [InlineData("folder:rome")]
    [InlineData("")]
    [InlineData("\"cat without glasses\" -dog")]
    [InlineData("1:\"cat without glasses\"")]
    [InlineData("like:a.jpg")]
    public async Task A_query_without_plain_words_asks_nobody(string typed)
    {
        await using var room = await PlannerRoom.OpenAsync(Whole);

        var plan = await room.PlanAsync(typed);

        Assert.Equal(QueryParser.Parse(typed).ToString(), plan.Query.ToString());
        Assert.Empty(room.Server.Calls);
        Assert.Empty(plan.Notes);
    }

    [Theory]
    [InlineData("""{"words":"cat","cameras":["Leica"]}""", "Left out: no picture of the collection passes camera:\"Leica\".")]
    [InlineData("""{"words":"cat","latitude":-33.9,"longitude":151.2}""", "Left out: no picture of the collection passes near:-33.9,151.2,25.")]
    [InlineData("""{"words":"cat","latitude":-133.9,"longitude":151.2}""", "'near:' needs a latitude")]
    [InlineData("""{"words":"cat","formats":["raw"]}""", "is no value of 'type:'")]
    [InlineData("""{"words":"cat","leastRating":9}""", "no number from 0 to 5")]
    [InlineData("""{"words":"cat","takenFrom":"2027-01-01","takenTo":"2027-12-31"}""", "Left out: 2027-01-01 lies in the future.")]
    [InlineData("""{"words":"cat","takenFrom":"2019-02-30"}""", "Left out: '2019-02-30' is no day.")]
    [InlineData("""{"words":"cat","takenFrom":"2019-05-01","takenTo":"2019-04-01"}""", "leaves nothing over")]
    [InlineData("""{"words":"cat","groupBy":"library"}""", "These are no groups")]
    [InlineData("""{"words":"cat","colours":["mauve"]}""", "is no value of 'colour:'")]
    [InlineData("""{"words":"cat","without":["like:a.jpg"]}""", "Left out: 'like:a.jpg' is nothing that can be excluded.")]
    [InlineData("""{"words":"cat","unsupported":["with a flash"]}""", "A search cannot ask for this: with a flash.")]
    public async Task What_language_or_collection_cannot_do_is_left_out_and_said(string answer, string said)
    {
        await using var room = await PlannerRoom.OpenAsync(answer);

        var plan = await room.PlanAsync("a cat");

        Assert.Equal("cat", plan.Query.ToString());
        Assert.Contains(plan.Notes, note => note.Contains(said, StringComparison.Ordinal));
        Assert.Equal($"{VisionModels.Claude} read 'a cat' as cat.", plan.Summary);
    }

    [Theory]
    [InlineData("""{"words":"like:id:1"}""")]
    [InlineData("""{"words":"cat path:/etc/passwd"}""")]
    [InlineData("""{"words":"cat \"all of it\""}""")]
    [InlineData("""{"words":"-cat"}""")]
    [InlineData("""{"words":"cat sort:date"}""")]
    [InlineData("""{"words":"cat foldr:x"}""")]
    [InlineData("""{"words":"","without":["cat"]}""")]
    [InlineData("""{"words":""}""")]
    [InlineData("{}")]
    [InlineData("""{"words":["cat"]}""")]
    [InlineData("""{"words":"cat","without":"dog"}""")]
    [InlineData("""{"words":"cat","latitude":"north"}""")]
    [InlineData("""{"words":"half an answ""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("Certainly! I searched for it.")]
    public async Task An_answer_that_makes_no_query_leaves_it_to_the_rules_and_says_so(string answer)
    {
        await using var room = await PlannerRoom.OpenAsync(_ => new FakeReply.Words(answer));

        var plan = await room.PlanAsync("cat without glasses", new VisionOptions { Model = VisionModels.Llama });

        Assert.Equal("cat -glasses", plan.Query.ToString());
        Assert.Equal(QueryPlanning.Rules, plan.Request.By);
        Assert.Contains(plan.Notes, note => note.StartsWith($"Rules alone read the words. The answer of {VisionModels.Llama} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_stay_values_however_they_are_written()
    {
        await using var room = await PlannerRoom.OpenAsync(
            """{"words":"cat","cameras":["canon\" like:a.jpg path:\"x","canon"],"without":["dog\nfolder:x","\"rain\"","-hat"],"unsupported":["https://evil.example \u001b[31m"]}""");

        var plan = await room.PlanAsync("a cat");

        Assert.Equal("cat -rain camera:\"canon\"\" like:a.jpg path:\"\"x\",canon", string.Join(' ', plan.Query.Items.OrderBy(item => item.Text.StartsWith("camera", StringComparison.Ordinal)).Select(item => item.Text)));
        Assert.All(plan.Notes, note => Assert.DoesNotContain("\u001b", note, StringComparison.Ordinal));
        Assert.Contains("A search cannot ask for this: (link) [31m.", plan.Notes);
    }

    [Fact]
    public async Task Faults_caps_and_long_texts_leave_it_to_the_rules_and_say_why()
    {
        await using var room = await PlannerRoom.OpenAsync(_ => new FakeReply.Words("No.") { StopReason = "guardrail_intervened" });
        var refused = await room.PlanAsync("cat in 2019");
        room.Server.Inject(new BedrockFault.Error("AccessDeniedException", "You may not.") { Times = 4 });
        var forbidden = await room.PlanAsync("cat in 2018");
        room.Server.ClearFaults();
        var calls = room.Server.Calls.Count;
        var capped = await room.PlanAsync("cat in 2017", new VisionOptions { MaxCost = 0.00001m });
        var pasted = await room.PlanAsync(string.Join(' ', Enumerable.Repeat("longword", 60)));
        Assert.Equal(calls, room.Server.Calls.Count);

        Assert.Equal("cat taken:2019", refused.Query.ToString());
        Assert.Contains("declined", refused.Notes[^1], StringComparison.Ordinal);
        Assert.Equal("cat taken:2018", forbidden.Query.ToString());
        Assert.Contains("credentials", forbidden.Notes[^1], StringComparison.Ordinal);
        Assert.Equal("cat taken:2017", capped.Query.ToString());
        Assert.Contains("Vision:MaxCost", capped.Notes[^1], StringComparison.Ordinal);
        Assert.Contains("539 characters", pasted.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_answer_leaves_it_to_the_rules_after_six_seconds()
    {
        await using var room = await PlannerRoom.OpenAsync(Whole);
        var time = new EagerTimeProvider();
        room.Server.Inject(new BedrockFault.Hang());

        var plan = await room.Planner(time: time).PlanAsync(QueryParser.Parse("cat in 2019"), new PlanRequest(QueryPlanning.Model, PlannerRoom.Today));

        Assert.Equal("cat taken:2019", plan.Query.ToString());
        Assert.Contains("did not answer within 6 seconds", plan.Notes[^1], StringComparison.Ordinal);
    }
}
