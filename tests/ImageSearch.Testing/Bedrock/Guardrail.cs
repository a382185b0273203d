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
        var found = blocked.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).ToList();
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

    /// <summary>What a conversation is answered by its guardrail; null where it has none, or nothing is blocked.</summary>
    public FakeReply? Blocked(FakeConversation conversation, JsonElement request)
    {
        if (!request.TryGetProperty("guardrailConfig", out var guardrail))
        {
            return null;
        }

        if (!options.Guardrails.TryGetValue(guardrail.GetProperty("guardrailIdentifier").GetString() ?? "", out var blocked)
            || !guardrail.TryGetProperty("guardrailVersion", out _))
        {
            throw BedrockRefusal.Validation("The guardrail identifier or version provided in the request does not exist.");
        }

        return blocked.Any(word => conversation.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? new FakeReply.Words(Refusal) { StopReason = "guardrail_intervened" }
            : null;
    }

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
