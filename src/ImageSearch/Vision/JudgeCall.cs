using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>What the judge is asked in one call.</summary>
/// <param name="Question">What the pictures are judged by.</param>
/// <param name="Examples">The pictures that they should be like.</param>
/// <param name="Offered">The pictures.</param>
/// <param name="Labels">Their labels, in the same order.</param>
internal sealed record JudgeCall(JudgeQuestion Question, IReadOnlyList<ShownPicture> Examples, IReadOnlyList<OfferedPicture> Offered, IReadOnlyList<string> Labels)
{
    /// <summary>The messages to send.</summary>
    public IReadOnlyList<ChatMessage> Messages => JudgePrompt.Messages(Question, Examples, [.. Labels.Zip(Offered, (label, picture) => (label, picture.Shown))]);
}
