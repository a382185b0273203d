namespace ImageSearch.Vision;

/// <summary>How large pictures are shown to a model; the smaller of the two decides.</summary>
/// <param name="Side">Longest side in pixels.</param>
/// <param name="Tokens">Most tokens.</param>
internal readonly record struct PictureSize(int Side, int Tokens);
