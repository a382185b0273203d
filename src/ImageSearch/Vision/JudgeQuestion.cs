namespace ImageSearch.Vision;

/// <summary>What pictures are judged by.</summary>
/// <param name="Wanted">What they should show, in words; empty where an example alone says it.</param>
/// <param name="Unwanted">What they must not show, in words; empty where nothing is excluded.</param>
/// <param name="Examples">Pictures that they should be like.</param>
internal sealed record JudgeQuestion(string Wanted, string Unwanted, IReadOnlyList<ReadOnlyMemory<byte>> Examples)
{
    private const int LongestText = 1000;

    public string Wanted { get; } = ModelText.OneLine(Wanted, LongestText);

    public string Unwanted { get; } = ModelText.OneLine(Unwanted, LongestText);

    /// <summary>Whether there is nothing to judge by.</summary>
    public bool IsEmpty => Wanted.Length == 0 && Unwanted.Length == 0 && Examples.Count == 0;
}
