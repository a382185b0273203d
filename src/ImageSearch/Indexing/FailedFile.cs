using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>A file that was refused.</summary>
/// <param name="Path">Path below the library's root.</param>
/// <param name="Reason">Why, from the closed list.</param>
/// <param name="Message">What is wrong with it, in one sentence.</param>
public sealed record FailedFile(string Path, ImageRefusal Reason, string Message);
