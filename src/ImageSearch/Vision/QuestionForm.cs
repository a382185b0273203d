using ImageSearch.Vision.Schemas;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>How questions of one kind are put to a model.</summary>
/// <param name="Purpose">What calls are booked as.</param>
/// <param name="Version">Part of the key of every kept answer: raised when what is asked changes.</param>
/// <param name="Instructions">What the model is told.</param>
/// <param name="MaxOutputTokens">Most tokens of an answer.</param>
/// <param name="Schema">What the answer must be; null for words.</param>
internal sealed record QuestionForm(string Purpose, string Version, string Instructions, int MaxOutputTokens, JsonSchema? Schema = null)
{
    /// <summary>The options of the call.</summary>
    public ChatOptions Options => new()
    {
        Instructions = Instructions,
        MaxOutputTokens = MaxOutputTokens,
        ResponseFormat = Schema is null ? null : ChatResponseFormat.ForJsonSchema(Schema.Root, "record", "Records what was read."),
    };
}
