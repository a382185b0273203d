using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Answers;

/// <summary>The end of a judging: the ids of the page in their last order.</summary>
/// <param name="Order">What stays, in order.</param>
/// <param name="Dropped">What does not fit, to be folded away.</param>
/// <param name="Judge">What judging came to.</param>
public sealed record JsonOrderStep(IReadOnlyList<Guid> Order, IReadOnlyList<Guid> Dropped, JsonJudgement Judge)
{
    /// <summary><c>order</c>.</summary>
    public string Type { get; init; } = "order";

    /// <summary>The JSON shape of a judged page's order.</summary>
    public static JsonOrderStep Of(JudgedPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new JsonOrderStep([.. page.Hits.Select(IdOf)], [.. page.Dropped.Select(IdOf)], JsonJudgement.Of(page));
    }

    private static Guid IdOf(JudgedHit hit) => PointId.Of(hit.Hit.Picture.Library, hit.Hit.Picture.Path);
}
