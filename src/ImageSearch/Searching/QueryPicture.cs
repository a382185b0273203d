namespace ImageSearch.Searching;

/// <summary>What a path in a query stands for.</summary>
/// <param name="Bytes">The file as it lies on disk, encoded; null where there is none.</param>
/// <param name="Points">The ids that the picture has where it is indexed; empty outside every library.</param>
public sealed record QueryPicture(ReadOnlyMemory<byte>? Bytes, IReadOnlyList<Guid> Points);
