namespace ImageSearch.Cli.Diagnosis;

/// <summary>One line of <c>doctor</c>.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Finding">What was found, with the value.</param>
/// <param name="Cure">What to do about it; null when all is well.</param>
internal sealed record Check(string Subject, string Finding, string? Cure = null)
{
    /// <summary>True when nothing needs to be done.</summary>
    public bool IsWell => Cure is null;
}
