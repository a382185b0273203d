namespace ImageSearch.Vision;

/// <summary>A picture to be judged.</summary>
/// <param name="Sha256">SHA-256 of its bytes when it was indexed, in lower-case hexadecimal.</param>
/// <param name="ReadAsync">Reads its bytes; throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> where it cannot.</param>
internal sealed record JudgePicture(string Sha256, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ReadAsync);
