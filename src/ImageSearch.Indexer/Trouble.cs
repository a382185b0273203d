namespace ImageSearch.Indexer;

/// <summary>A dependency that is away.</summary>
/// <param name="Dependency">Its name, of <see cref="Indexer.Dependency"/>.</param>
/// <param name="Reporter">Who found it away.</param>
/// <param name="Message">What happened, with the cure.</param>
/// <param name="Since">When it was first found away.</param>
/// <param name="NextTry">When it is tried again.</param>
internal sealed record Trouble(string Dependency, string Reporter, string Message, DateTimeOffset Since, DateTimeOffset NextTry);
