namespace ImageSearch.Vision;

/// <summary>A picture that the judge is shown.</summary>
/// <param name="Index">Its place among all that are to be judged.</param>
/// <param name="Sha256">SHA-256 of its bytes as they were read, which may have changed since it was indexed.</param>
/// <param name="Shown">What the model sees.</param>
internal sealed record OfferedPicture(int Index, string Sha256, ShownPicture Shown);
