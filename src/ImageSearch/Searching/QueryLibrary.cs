namespace ImageSearch.Searching;

/// <summary>A library as paths in queries see it.</summary>
/// <param name="Name">The name of the library.</param>
/// <param name="Root">The absolute path of its root folder.</param>
public sealed record QueryLibrary(string Name, string Root);
