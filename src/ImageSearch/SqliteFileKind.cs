namespace ImageSearch;

/// <summary>A kind of SQLite file that the library keeps.</summary>
/// <param name="Name">What people call it, for example <c>embedding cache</c>.</param>
/// <param name="ApplicationId">The number that marks its files.</param>
/// <param name="Version">The format that is written, from 1.</param>
/// <param name="Settings">Pragmas for each connection, beside those that every kind has.</param>
/// <param name="Tables">Statements that make the tables of a new file.</param>
/// <param name="Cure">What to do about a file that is damaged and what that loses, as sentences.</param>
/// <param name="Failure">Makes the exception of a message and its cause, where it has one.</param>
internal sealed record SqliteFileKind(
    string Name, int ApplicationId, int Version, string Settings, string Tables, string Cure, Func<string, Exception?, Exception> Failure);
