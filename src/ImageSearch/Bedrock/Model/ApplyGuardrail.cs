using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ImageSearch.Bedrock.Model;

/// <summary>A call of ApplyGuardrail.</summary>
internal sealed class ApplyGuardrailRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string GuardrailIdentifier { get; set; } = "";

    /// <summary>A number, or DRAFT.</summary>
    [JsonIgnore]
    public string GuardrailVersion { get; set; } = "";

    /// <summary>INPUT or OUTPUT.</summary>
    public required string Source { get; set; }

    public required List<GuardrailContentBlock> Content { get; set; }

    /// <summary>INTERVENTIONS or FULL.</summary>
    public string? OutputScope { get; set; }
}

/// <summary>Content to hold against a guardrail: exactly one member is set.</summary>
internal sealed record GuardrailContentBlock
{
    public GuardrailTextBlock? Text { get; init; }

    public ImageBlock? Image { get; init; }
}

internal sealed record GuardrailTextBlock(string Text, List<string>? Qualifiers = null);

/// <summary>The answer of ApplyGuardrail.</summary>
internal sealed class ApplyGuardrailResponse
{
    /// <summary>NONE or GUARDRAIL_INTERVENED.</summary>
    public required string Action { get; set; }

    public string? ActionReason { get; set; }

    /// <summary>What to show instead, when the guardrail intervened.</summary>
    public List<GuardrailOutputContent>? Outputs { get; set; }

    /// <summary>What each policy found, as JSON.</summary>
    public JsonElement? Assessments { get; set; }
}

internal sealed record GuardrailOutputContent(string Text);
