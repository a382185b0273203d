using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>ApplyGuardrail, and the guardrail of a conversation, with a list of blocked words.</summary>
internal sealed class Guardrail(FakeBedrockOptions options)
{
    private const string Refusal = "Sorry, this content is blocked.";

    public JsonObject Apply(string identifier, JsonElement request)
    {
        if (!options.Guardrails.TryGetValue(identifier, out var blocked))
        {
            throw new BedrockRefusal("ResourceNotFoundException", "The guardrail identifier or version provided in the request does not exist.");
        }

        if (!request.TryGetProperty("source", out var source) || source.GetString() is not ("INPUT" or "OUTPUT"))
        {
            throw BedrockRefusal.Validation("1 validation error detected: Value at 'source' failed to satisfy constraint: Member must satisfy enum value set: [INPUT, OUTPUT]");
        }

        var blocks = request.GetProperty("content").EnumerateArray().ToList();
        var text = string.Join('\n', blocks.Where(block => block.TryGetProperty("text", out _)).Select(block => block.GetProperty("text").GetProperty("text").GetString()));
        var images = blocks.Count(block => block.TryGetProperty("image", out _));
        var found = Found(blocked, text);
        return new JsonObject
        {
            ["usage"] = Usage(text),
            ["action"] = found.Count == 0 ? "NONE" : "GUARDRAIL_INTERVENED",
            ["actionReason"] = found.Count == 0 ? "No action." : "Guardrail blocked.",
            ["outputs"] = found.Count == 0 ? [] : new JsonArray(new JsonObject { ["text"] = Refusal }),
            ["assessments"] = found.Count == 0 ? [] : new JsonArray(Assessment(found)),
            ["guardrailCoverage"] = new JsonObject
            {
                ["textCharacters"] = new JsonObject { ["guarded"] = text.Length, ["total"] = text.Length },
                ["images"] = new JsonObject { ["guarded"] = images, ["total"] = images },
            },
        };
    }

    /// <summary>What a conversation is answered where it may have a guardrail, which looks at the question before and at the answer after.</summary>
    public GuardedReply Guard(FakeConversation conversation, JsonElement request, Func<FakeReply> answer)
    {
        if (!request.TryGetProperty("guardrailConfig", out var guardrail))
        {
            return new GuardedReply(answer(), null);
        }

        var identifier = guardrail.GetProperty("guardrailIdentifier").GetString() ?? "";
        if (!options.Guardrails.TryGetValue(identifier, out var blocked) || !guardrail.TryGetProperty("guardrailVersion", out _))
        {
            throw BedrockRefusal.Validation("The guardrail identifier or version provided in the request does not exist.");
        }

        var tells = guardrail.TryGetProperty("trace", out var wanted) && wanted.GetString() is "enabled" or "enabled_full";
        var asked = Found(blocked, conversation.Text);
        if (asked.Count > 0)
        {
            return Refused(tells, new() { ["inputAssessment"] = new JsonObject { [identifier] = Assessment(asked) } });
        }

        var reply = answer();
        var text = reply switch { FakeReply.Words words => words.Text, FakeReply.ToolCall call => call.Input, _ => "" };
        if (Found(blocked, text) is { Count: > 0 } answered)
        {
            return Refused(tells, new()
            {
                ["modelOutput"] = new JsonArray(text),
                ["outputAssessments"] = new JsonObject { [identifier] = new JsonArray(Assessment(answered)) },
            });
        }

        return new GuardedReply(reply, tells ? new() { ["inputAssessment"] = new JsonObject { [identifier] = new JsonObject() }, ["actionReason"] = "No action." } : null);
    }

    private static GuardedReply Refused(bool tells, JsonObject trace)
    {
        trace["actionReason"] = "Guardrail blocked.";
        return new GuardedReply(new FakeReply.Words(Refusal) { StopReason = "guardrail_intervened" }, tells ? trace : null);
    }

    private static List<string> Found(IReadOnlyList<string> blocked, string text) =>
        [.. blocked.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))];

    private static JsonObject Assessment(List<string> found) => new()
    {
        ["wordPolicy"] = new JsonObject
        {
            ["customWords"] = new JsonArray([.. found.Select(word => new JsonObject { ["match"] = word, ["action"] = "BLOCKED", ["detected"] = true })]),
            ["managedWordLists"] = new JsonArray(),
        },
    };

    private static JsonObject Usage(string text) => new()
    {
        ["topicPolicyUnits"] = 0,
        ["contentPolicyUnits"] = 0,
        ["wordPolicyUnits"] = 1 + (text.Length / 1000),
        ["sensitiveInformationPolicyUnits"] = 0,
        ["sensitiveInformationPolicyFreeUnits"] = 0,
        ["contextualGroundingPolicyUnits"] = 0,
    };
}
