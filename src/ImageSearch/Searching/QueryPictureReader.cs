namespace ImageSearch.Searching;

/// <summary>Reads the picture that a path in a query names.</summary>
/// <exception cref="QueryException">The path may not be read, or what is there is too large.</exception>
public delegate Task<QueryPicture> QueryPictureReader(string path, CancellationToken cancellationToken);
