namespace ImageSearch.Server.Pictures;

/// <summary>The file of an indexed picture as it lies on disk.</summary>
/// <param name="Path">Its absolute path, below the root of its library, with no link on the way.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="IsAsIndexed">Whether size and time are those that were indexed: then its content is too.</param>
internal sealed record PictureFile(string Path, long Bytes, bool IsAsIndexed);
