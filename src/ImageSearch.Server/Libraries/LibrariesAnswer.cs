namespace ImageSearch.Server.Libraries;

/// <summary>All libraries.</summary>
/// <param name="Libraries">Ordered by name.</param>
internal sealed record LibrariesAnswer(IReadOnlyList<LibraryAnswer> Libraries);
