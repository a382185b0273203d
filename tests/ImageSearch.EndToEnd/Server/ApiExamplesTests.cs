using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSearch.Testing.Bedrock;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>docs/api.md promises nothing that the server does not do: every example is run by bash and curl.</summary>
public sealed partial class ApiExamplesTests : IDisposable
{
    private const string Key = "a-write-key-of-the-examples";
    private const string End = "--- end of the example ---";
    private const string Anything = "…";

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Every_example_answers_what_the_page_promises()
    {
        await using var models = await FakeBedrock.StartAsync(new FakeBedrockOptions { Reply = Reply });
        _workplace.UseBedrock(models, "offline");
        _ = await _workplace.RunAsync("index", Path.Combine(Repository.Root, "data-samples"));
        _workplace.Environment["IMAGESEARCH__Server__WriteKey"] = Key;
        _workplace.Environment["IMAGESEARCH__Server__Anonymous"] = "read";
        await using var server = await ServerRun.StartedAsync(_workplace, "--vision", "true");
        var examples = Example().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api.md")))
            .Select(match => (Script: match.Groups["script"].Value, Kind: match.Groups["kind"].Value, Promise: match.Groups["promise"].Value)).ToList();

        var answers = await RunAsync(server.Address, examples.Select(example => example.Script));

        Assert.Equal(examples.Count, answers.Length);
        Assert.True(examples.Count > 10);
        foreach (var (example, answer) in examples.Zip(answers))
        {
            Check(example.Kind, example.Promise, answer, example.Script);
        }
    }

    /// <summary>What the model of the examples says.</summary>
    private static FakeReply Reply(FakeConversation conversation) => conversation.ForcedTool switch
    {
        "record" => new FakeReply.ToolCall("record", """{"drink":"espresso","cups":1}"""),
        "describe" => new FakeReply.ToolCall("describe", """{"caption":"A pan on a stove.","tags":["pan"],"visibleText":""}"""),
        "verdicts" => new FakeReply.ToolCall("verdicts", JsonSerializer.Serialize(new
        {
            verdicts = conversation.Shown.Select(shown => new { label = shown.Heading["Picture ".Length..^1], verdict = "keep", grade = 9, reason = "a cup of espresso" }),
        })),
        _ => new FakeReply.Words("A cup of espresso on a wooden table."),
    };

    private static void Check(string kind, string promise, string answer, string script)
    {
        if (kind == "json")
        {
            Check(JsonDocument.Parse(promise).RootElement, JsonDocument.Parse(answer).RootElement, script);
        }
        else
        {
            Assert.All(promise.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(line, answer, StringComparison.Ordinal));
        }
    }

    /// <summary>What is promised must be there; there may be more.</summary>
    private static void Check(JsonElement promise, JsonElement answer, string place)
    {
        Assert.True(promise.ValueKind == answer.ValueKind, $"{place}: {promise} is promised, {answer} is answered");
        switch (promise.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in promise.EnumerateObject())
                {
                    Assert.True(answer.TryGetProperty(member.Name, out var value), $"{place}: there is no {member.Name} in {answer}");
                    Check(member.Value, value, $"{place}.{member.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(promise.GetArrayLength() <= answer.GetArrayLength(), $"{place}: {promise} is promised, {answer} is answered");
                foreach (var (expected, value) in promise.EnumerateArray().Zip(answer.EnumerateArray()))
                {
                    Check(expected, value, place);
                }

                break;
            case JsonValueKind.String:
                var pattern = $"^{Regex.Escape(promise.GetString()!).Replace(Anything, ".*", StringComparison.Ordinal)}$";
                Assert.True(Regex.IsMatch(answer.GetString()!, pattern), $"{place}: {promise} is promised, {answer} is answered");
                break;
            default:
                Assert.True(promise.GetRawText() == answer.GetRawText(), $"{place}: {promise} is promised, {answer} is answered");
                break;
        }
    }

    /// <summary>The examples follow on from each other, so that one shell runs them all.</summary>
    private async Task<string[]> RunAsync(Uri server, IEnumerable<string> scripts)
    {
        var start = new ProcessStartInfo("bash", ["-eu", "-o", "pipefail"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _workplace.Folder };
        start.Environment["SERVER"] = server.ToString().TrimEnd('/');
        start.Environment["WRITE_KEY"] = Key;
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync($"ln -s '{Path.Combine(Repository.Root, "data-samples")}' data-samples\n{string.Concat(scripts.Select(script => $"{script}\necho\necho '{End}'\n"))}");
        bash.StandardInput.Close();
        var ended = await Workplace.FinishAsync(bash);
        Assert.True(ended.ExitCode == 0, $"{ended.Out}\n{ended.Error}");
        return ended.Out.Split(End)[..^1];
    }

    [GeneratedRegex("```bash\n(?<script>.*?)```\n(\n```(?<kind>json|text)\n(?<promise>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Example();
}
