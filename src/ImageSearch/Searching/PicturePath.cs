namespace ImageSearch.Searching;

/// <summary>Where a picture lies.</summary>
/// <param name="Library">The name of the library.</param>
/// <param name="Path">The path below its root, with <c>/</c> between the parts.</param>
public sealed record PicturePath(string Library, string Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Library}/{Path}";
}
