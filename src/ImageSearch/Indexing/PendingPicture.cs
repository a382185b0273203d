namespace ImageSearch.Indexing;

/// <summary>A picture that a run would embed.</summary>
/// <param name="Path">Path below the library's root.</param>
/// <param name="Bytes">The file, whole.</param>
/// <param name="Sha256">SHA-256 of these bytes, lower-case hexadecimal.</param>
/// <param name="MediaType">For example <c>image/jpeg</c>.</param>
internal sealed record PendingPicture(string Path, ReadOnlyMemory<byte> Bytes, string Sha256, string MediaType);
