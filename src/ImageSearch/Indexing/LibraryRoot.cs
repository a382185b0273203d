namespace ImageSearch.Indexing;

/// <summary>A library: a named root folder. Pictures are known by library and path below the root.</summary>
/// <param name="Name">Its name, unique among the libraries of one home.</param>
/// <param name="Root">Absolute path of the root folder, without a separator at its end.</param>
/// <param name="Folder">The part that is meant, a path below the root with <c>/</c> between its parts; empty for the whole library.</param>
public sealed record LibraryRoot(string Name, string Root, string Folder = "");
