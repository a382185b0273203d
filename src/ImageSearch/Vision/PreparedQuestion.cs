using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>A question about pictures as it would be sent, with what it costs. Nothing is sent before it is answered.</summary>
public sealed class PreparedQuestion
{
    internal PreparedQuestion(QuestionForm form, VisionKey key, QuestionEstimate estimate) => (Form, Key, Estimate) = (form, key, estimate);

    /// <summary>What it takes.</summary>
    public QuestionEstimate Estimate { get; }

    /// <summary>The kind of question.</summary>
    internal QuestionForm Form { get; }

    /// <summary>What its answer is kept under.</summary>
    internal VisionKey Key { get; }

    /// <summary>What is sent; nothing where the answer is kept.</summary>
    internal IReadOnlyList<ChatMessage> Messages { get; init; } = [];

    /// <summary>The answer that is kept from before; null where there is none.</summary>
    internal string? Kept { get; init; }

    /// <summary>What the reader of the answer should know.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];
}
