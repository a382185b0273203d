using System.Net.Http.Json;
using System.Text.Json;
using ImageSearch.Testing;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Questions about pictures, comparisons and the reading of values, over HTTP.</summary>
public sealed class QuestionApiTests(ServedQuestions served) : IClassFixture<ServedQuestions>
{
    private static readonly object Schema = new { type = "object", properties = new { total = new { type = "number" } }, required = new[] { "total" } };

    [Theory]
    [InlineData(ServedQuestions.Claude)]
    [InlineData("us.meta.llama4-maverick-17b-instruct-v1:0")]
    [InlineData("us.mistral.pixtral-large-2502-v1:0")]
    public async Task Each_family_of_models_answers_compares_and_reads(string model)
    {
        var server = await served.ServerAsync(model);
        var (ids, upload) = (await IdsAsync(server, "red flower"), await UploadAsync(server));
        var question = new { question = "Which is", pictures = new object[] { new { id = ids[0] }, new { text = "and which" }, new { upload } } };

        var first = await AllAsync(server, "/api/ask", question);
        var asked = served.Seen?.Text;
        var second = (await AllAsync(server, "/api/ask", question))[^1].Told;
        var compared = await AllAsync(server, "/api/compare", new { pictures = new[] { new { id = ids[0] }, new { id = ids[1] } }, question = "Which is red?" });
        using var read = await server.Client.PostAsJsonAsync("/api/extract", new { schema = Schema, pictures = new[] { new { id = ids[0] } }, instructions = "Sums are in euros." });
        var value = await read.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("I see 2 pictures.[2J", Text(first));
        Assert.Equal("Which is\nPicture 1:\nand which\nPicture 2:", asked);
        var end = first[^1].Told;
        Assert.Equal(("end", model, false), (first[^1].Name, end.GetProperty("model").GetString(), end.GetProperty("kept").GetBoolean()));
        Assert.Equal([ids[0], upload], end.GetProperty("pictures").EnumerateArray().Select(name => name.GetString()!));
        Assert.InRange(end.GetProperty("dollars").GetDecimal(), 0.000001m, 0.01m);
        Assert.Equal((true, 0m), (second.GetProperty("kept").GetBoolean(), second.GetProperty("dollars").GetDecimal()));
        Assert.Equal("I see 2 pictures.[2J", Text(compared));
        Assert.Equal(("12.50", 0, model), (value.GetProperty("value").GetProperty("total").GetRawText(), value.GetProperty("failures").GetArrayLength(), value.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task The_best_hits_of_a_search_are_asked_about_in_its_order()
    {
        var server = await served.ServerAsync();

        var told = await AllAsync(server, "/api/ask", new { question = "What are these?", q = "red flower", top = 3 });

        Assert.Equal("I see 3 pictures.[2J", Text(told));
        Assert.Equal((await IdsAsync(server, "red flower"))[..3], told[^1].Told.GetProperty("pictures").EnumerateArray().Select(id => id.GetString()!));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_answered_as_it_is_with_its_failures()
    {
        var server = await served.ServerAsync();
        served.Value = """{"total":"12"}""";
        try
        {
            using var read = await server.Client.PostAsJsonAsync("/api/extract", new { schema = Schema, pictures = new[] { new { id = (await IdsAsync(server, "blue sea"))[0] } } });
            var value = await read.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();

            Assert.Equal("""{"total":"12"}""", value.GetProperty("value").GetRawText());
            Assert.Equal("""[{"path":"/total","message":"is string, and must be number"}]""", value.GetProperty("failures").GetRawText());
        }
        finally
        {
            served.Value = """{"total":12.50}""";
        }
    }

    [Fact]
    public async Task A_model_that_fails_in_the_middle_is_told_as_the_last_event_and_one_that_refuses_as_a_problem()
    {
        var server = await served.ServerAsync();
        var question = new { question = "What breaks?", q = "red flower", top = 1 };
        served.Models.Inject(new BedrockFault.StreamException(3, "modelStreamErrorException", "The model failed."));
        var broken = await AllAsync(server, "/api/ask", question);
        served.Models.Inject(new BedrockFault.Error("ValidationException", "This is not taken."));
        var (status, problem) = await ServerQuestions.ProblemAsync(server.Client.PostAsJsonAsync("/api/ask", question));

        Assert.Equal(["text", "text", "failed"], broken.Select(one => one.Name));
        Assert.Contains("The model failed.", broken[^1].Told.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(400, (int)status);
        Assert.Contains("This is not taken.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_who_leaves_in_the_middle_stops_the_model()
    {
        var server = await served.ServerAsync();
        var before = served.Models.Calls.Count;
        served.Models.Inject(new BedrockFault.StreamPause(3));
        var events = await EventReader.AskAsync(server, "/api/ask", new { question = "What stops?", q = "red flower", top = 1 });

        _ = await events.UntilAsync("text");
        await events.DisposeAsync();

        await served.Models.Calls[before].ClientLeft.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("/api/ask", """{"question":"What?"}""", 400, "There is no picture to ask about")]
    [InlineData("/api/ask", """{"question":" ","q":"red"}""", 400, "Nothing is asked")]
    [InlineData("/api/ask", """{"pictures":[]}""", 400, "not JSON of the form")]
    [InlineData("/api/ask", """{"question":"What?","q":"red","top":21}""", 400, "Ask about 1 to 20")]
    [InlineData("/api/ask", """{"question":"What?","pictures":[{"id":"00000000-0000-0000-0000-000000000000"}]}""", 404, "There is no picture 00000000-0000-0000-0000-000000000000")]
    [InlineData("/api/ask", """{"question":"What?","pictures":[{"upload":"../../etc/passwd"}]}""", 404, "no such uploaded picture")]
    [InlineData("/api/ask", """{"question":"What?","pictures":[{}]}""", 400, "either an 'id', an 'upload' or a 'text'")]
    [InlineData("/api/ask", """{"question":"What?","pictures":[null]}""", 400, "")]
    [InlineData("/api/compare", """{"pictures":[]}""", 400, "There are no pictures to compare")]
    [InlineData("/api/extract", """{"schema":{"type":"array"},"pictures":[]}""", 400, "put a list or a single value into a property of an object")]
    [InlineData("/api/extract", """{"schema":{"type":"object","nullable":true},"pictures":[]}""", 400, "says 'nullable' at #")]
    [InlineData("/api/extract", """{"pictures":[]}""", 400, "not JSON of the form")]
    public async Task What_cannot_be_asked_is_a_problem_and_nothing_is_sent(string path, string question, int expected, string detail)
    {
        var server = await served.ServerAsync();
        var before = served.Models.Calls.Count;

        var (status, problem) = await ServerQuestions.ProblemAsync(server.Client.PostAsync(path, new StringContent(question, null, "application/json")));

        Assert.Equal(expected, (int)status);
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, served.Models.Calls.Count);
    }

    private static string Text(List<(string Name, JsonElement Told)> told) =>
        string.Concat(told.Where(one => one.Name == "text").Select(one => one.Told.GetProperty("text").GetString()));

    private static async Task<List<(string Name, JsonElement Told)>> AllAsync(ServerRun server, string path, object question)
    {
        await using var events = await EventReader.AskAsync(server, path, question);
        return await events.AllAsync();
    }

    private static async Task<List<string>> IdsAsync(ServerRun server, string query) =>
        [.. (await server.GetAsync($"/api/search?q={Uri.EscapeDataString(query)}")).GetProperty("results").EnumerateArray().Select(hit => hit.GetProperty("id").GetString()!)];

    private static async Task<string> UploadAsync(ServerRun server)
    {
        using var answer = await server.Client.PostAsync("/api/uploads", new ByteArrayContent(DataSamples.Read("food/coffee.jpg")));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("upload").GetString()!;
    }
}
