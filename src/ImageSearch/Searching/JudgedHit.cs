using ImageSearch.Vision;

namespace ImageSearch.Searching;

/// <summary>A hit with the judge's word on it.</summary>
/// <param name="Hit">The hit, with its rank in the plain answer.</param>
/// <param name="Verdict">The verdict; null where there is none that counts.</param>
public sealed record JudgedHit(SearchHit Hit, JudgeVerdict? Verdict);
