using System.Text;
using System.Text.Json;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd;

/// <summary>Questions about pictures, comparisons and the reading of values, on the command line.</summary>
public sealed class QuestionTests : IAsyncLifetime, IDisposable
{
    private const string Schema = """{"type":"object","properties":{"total":{"type":"number"},"shop":{"type":"string"}},"required":["total"]}""";

    private readonly Workplace _workplace = new();
    private FakeBedrock _server = null!; // set by InitializeAsync, before any test
    private FakeConversation? _seen;
    private string _value = """{"total":12.50,"shop":"Café \u001b[31m"}""";

    public async Task InitializeAsync()
    {
        _server = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = Reply });
        _workplace.AddPictures();
        _workplace.UseBedrock(_server, "offline");
        await File.WriteAllTextAsync(Path.Combine(_workplace.Folder, "schema.json"), Schema);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("global.anthropic.claude-haiku-4-5-20251001-v1:0")]
    [InlineData("us.meta.llama4-maverick-17b-instruct-v1:0")]
    [InlineData("us.mistral.pixtral-large-2502-v1:0")]
    public async Task Each_family_of_models_answers_compares_and_reads(string model)
    {
        _workplace.Environment["IMAGESEARCH__Vision__Model"] = model;

        var ask = Document(await _workplace.RunAsync("ask", "Which is", "pictures/red-flower.png", "and which", "pictures/sea/blue-sea.png", "--output", "json"));
        var asked = _seen?.Text;
        var compare = await _workplace.RunAsync("compare", "pictures/red-flower.png", "pictures/green-meadow.png", "--question", "Which is red?");
        var compared = _seen?.Text;
        var extract = Document(await _workplace.RunAsync("extract", "pictures/red-flower.png", "--schema", "schema.json", "--output", "json"));

        Assert.Equal("I see 2 pictures.\n\u001b[2J".Replace("\u001b", "", StringComparison.Ordinal), ask.GetProperty("answer").GetString());
        Assert.Equal((model, false), (ask.GetProperty("model").GetString(), ask.GetProperty("kept").GetBoolean()));
        Assert.InRange(ask.GetProperty("dollars").GetDecimal(), 0.000001m, 0.01m);
        Assert.Equal("Which is\nPicture 1:\nand which\nPicture 2:", asked);
        Assert.Equal((0, "I see 2 pictures.\n[2J\n"), (compare.ExitCode, compare.Out));
        Assert.Matches($@"^2 pictures to {model}: at most [\d,]+ tokens sent, at most \$0\.0\d+\n[\d,]+ tokens sent, \d+ answered; \$0\.0\d+ spent\n$", compare.Error);
        Assert.Equal("Which is red?\nPicture 1:\nPicture 2:", compared);
        Assert.Equal(("12.50", 0), (extract.GetProperty("value").GetProperty("total").GetRawText(), extract.GetProperty("failures").GetArrayLength()));
        Assert.Equal("Café \u001b[31m", extract.GetProperty("value").GetProperty("shop").GetString());
    }

    [Fact]
    public async Task The_best_hits_are_asked_about_and_the_same_question_is_kept()
    {
        _ = await _workplace.RunAsync("index", "pictures");

        var estimate = await _workplace.RunAsync("ask", "What is this?", "pictures/night/black-sky.png", "--query", "red flower", "--top", "2", "--dry-run");
        var calls = _server.Calls.Count;
        var first = await _workplace.RunAsync("ask", "What is this?", "pictures/night/black-sky.png", "--query", "red flower", "--top", "2", "--output", "jsonl");
        var second = await _workplace.RunAsync("ask", "What is this?", "pictures/night/black-sky.png", "--query", "red flower", "--top", "2");

        Assert.Equal((0, "", 0), (calls, estimate.Out, estimate.ExitCode));
        Assert.Matches(@"^picture 2: .*red-flower\.png\npicture 3: .*\n3 pictures to global\.anthropic\.claude-haiku-4-5-20251001-v1:0: at most [\d,]+ tokens sent, at most \$0\.0\d+\n$", estimate.Error);
        var lines = first.OutLines.Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal("I see 3 pictures.\n[2J", string.Concat(lines.SkipLast(1).Select(line => line.GetProperty("text").GetString())));
        Assert.Equal("end", lines[^1].GetProperty("type").GetString());
        Assert.Equal("I see 3 pictures.\n[2J\n", second.Out);
        Assert.EndsWith("the answer is kept from before, and costs nothing\n", second.Error, StringComparison.Ordinal);
        _ = Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task An_answer_is_printed_while_it_comes_and_what_came_before_a_failure_stays()
    {
        _server.Inject(new BedrockFault.StreamPause(3));
        using var process = _workplace.Start("ask", "What is this?", "pictures/red-flower.png");
        var beginning = new char["I see".Length];
        _ = await process.StandardOutput.ReadBlockAsync(beginning);
        _server.Resume();
        var rest = await Workplace.FinishAsync(process);
        _server.Inject(new BedrockFault.StreamException(3, "modelStreamErrorException", "The model failed."));
        var broken = await _workplace.RunAsync("ask", "What was this?", "pictures/red-flower.png");

        Assert.Equal("I see 1 pictures.\n[2J\n", new string(beginning) + rest.Out);
        Assert.Equal((4, "I see\n"), (broken.ExitCode, broken.Out));
        Assert.EndsWith("error: Amazon Bedrock gave no answer: The model failed.\n", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_printed_as_it_is_with_its_failures_and_an_exit_code()
    {
        _value = """{"total":"\u001b[31m12","shop":1}""";
        await File.WriteAllBytesAsync(Path.Combine(_workplace.Folder, "invoice.pdf"), Encoding.ASCII.GetBytes("%PDF-1.7 of one page"));

        var run = await _workplace.RunAsync("extract", "invoice.pdf", "--schema", "schema.json", "--instructions", "Sums are in euros.");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("{\n  \"total\": \"\\u001B[31m12\",\n  \"shop\": 1\n}\n", run.Out);
        Assert.Contains("does not fit: /total is string, and must be number\ndoes not fit: /shop is integer, and must be string\n", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("1 document to global.anthropic", run.Error, StringComparison.Ordinal);
        Assert.Equal("Sums are in euros.\nDocument 1:", _seen?.Text);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_with_the_cure_and_nothing_is_sent()
    {
        await File.WriteAllTextAsync(Path.Combine(_workplace.Folder, "list.json"), """{"type":"array"}""");

        var missing = await _workplace.RunAsync("ask", "What is this?", "pictures/red-flwoer.png");
        var many = await _workplace.RunAsync(["ask", "What is this?", .. Enumerable.Repeat("pictures/red-flower.png", 50)]);
        var schema = await _workplace.RunAsync("extract", "pictures/red-flower.png", "--schema", "list.json");
        var capped = await _workplace.RunAsync("ask", "What is this?", "pictures/red-flower.png", "--max-cost", "0.0001");

        Assert.Equal([2, 2, 2, 4], new[] { missing, many, schema, capped }.Select(run => run.ExitCode));
        Assert.Contains("There is no file \"pictures/red-flwoer.png\"", missing.Error, StringComparison.Ordinal);
        Assert.Contains("There are 50 pictures, and a question to global.anthropic.claude-haiku-4-5-20251001-v1:0 takes at most 20.", many.Error, StringComparison.Ordinal);
        Assert.Contains("The schema is not that of an object.", schema.Error, StringComparison.Ordinal);
        Assert.Contains("would pass the question's cap of $0.0001", capped.Error, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    private static JsonElement Document(ProgramRun run) => JsonElement.Parse(run.Out);

    private FakeReply Reply(FakeConversation conversation)
    {
        _seen = conversation;
        return conversation.ForcedTool is { } tool ? new FakeReply.ToolCall(tool, _value)
            : conversation.System.Contains("JSON schema", StringComparison.Ordinal) ? new FakeReply.Words($"```json\n{_value}\n```")
            : new FakeReply.Words($"I see {conversation.Pictures} pictures.\r\n\u001b[2J");
    }
}
