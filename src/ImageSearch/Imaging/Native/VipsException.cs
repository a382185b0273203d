namespace ImageSearch.Imaging.Native;

/// <summary>
/// libvips refused. Carries the name of the operation only: libvips keeps its error text in one buffer for the whole process, so
/// with several pictures in flight the text may belong to another one.
/// </summary>
internal sealed class VipsException(string operation) : Exception($"libvips could not do {operation}.")
{
    /// <summary>Nickname of the operation.</summary>
    internal string Operation { get; } = operation;
}
