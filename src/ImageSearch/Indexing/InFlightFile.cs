namespace ImageSearch.Indexing;

/// <summary>A file that a process is on.</summary>
/// <param name="Path">Path below the library's root.</param>
/// <param name="Stamp">Its state when it was taken up.</param>
/// <param name="Alone">True when nothing else was worked on at the time, so that a death is this file's doing.</param>
internal sealed record InFlightFile(string Path, FileStamp Stamp, bool Alone);
