using ImageSearch.Imaging;

namespace ImageSearch.Indexing;

/// <summary>What became of one entry of a library in one run. By the time a result is given out, the collection and the ledger hold it.</summary>
/// <param name="Path">Path below the library's root, <c>/</c> between its parts; of a name that is not UTF-8, its bytes escaped (<c>a\xFF.jpg</c>).</param>
public abstract record IndexResult(string Path)
{
    /// <summary>The picture is in the collection.</summary>
    /// <param name="Path">Path below the library's root.</param>
    /// <param name="Change">Why it was written.</param>
    /// <param name="Embedded">True when its vector was computed in this run; false when it was known by its content and cost nothing.</param>
    public sealed record Indexed(string Path, IndexChange Change, bool Embedded) : IndexResult(Path);

    /// <summary>The picture was in the collection already.</summary>
    /// <param name="Path">Path below the library's root.</param>
    public sealed record Unchanged(string Path) : IndexResult(Path);

    /// <summary>The entry is no candidate.</summary>
    /// <param name="Path">Path below the library's root; of a folder that is skipped with all that is in it, its own.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Skipped(string Path, SkipReason Reason) : IndexResult(Path);

    /// <summary>The file was refused; the run went on.</summary>
    /// <param name="Path">Path below the library's root; of a folder that cannot be listed, its own.</param>
    /// <param name="Reason">Why, from the closed list.</param>
    /// <param name="Message">What is wrong with it, in one sentence.</param>
    /// <param name="Earlier">True when an earlier run found this out and the file has not changed since.</param>
    public sealed record Failed(string Path, ImageRefusal Reason, string Message, bool Earlier) : IndexResult(Path);

    /// <summary>The file is gone and its point was deleted.</summary>
    /// <param name="Path">Path below the library's root.</param>
    public sealed record Removed(string Path) : IndexResult(Path);
}
