namespace ImageSearch.Collections;

/// <summary>What a point must satisfy; every condition must hold. Applied inside the search, so it never costs recall.</summary>
/// <param name="Conditions">The conditions; empty means every point.</param>
public sealed record ImageFilter(IReadOnlyList<ImageCondition> Conditions)
{
    /// <summary>Every point.</summary>
    public static ImageFilter All { get; } = new([]);
}
