namespace ImageSearch.Vision;

/// <summary>Something that happens while pictures are judged.</summary>
internal abstract record JudgeStep
{
    private JudgeStep()
    {
    }

    /// <summary>A verdict came. It counts when it is among those of <see cref="Ended"/>.</summary>
    public sealed record Judged(int Index, JudgeVerdict Verdict) : JudgeStep;

    /// <summary>All is over. <c>Verdicts</c>: by the pictures' places, null where there is none that counts.</summary>
    public sealed record Ended(IReadOnlyList<JudgeVerdict?> Verdicts, JudgeReport Report) : JudgeStep;
}
