namespace ImageSearch.Indexing;

/// <summary>What a run would do. Pictures are looked at by their headers only, so a few of them may still fail.</summary>
/// <param name="New">Pictures under paths that are not known, those with known content too.</param>
/// <param name="Copied">Of the new ones, those whose content is known: moved and copied pictures.</param>
/// <param name="Changed">Pictures whose content changed.</param>
/// <param name="Touched">Pictures of which only the file's time changed.</param>
/// <param name="Unchanged">Pictures in the collection already.</param>
/// <param name="Skipped">Entries that are no candidates.</param>
/// <param name="Failed">Files that are refused by their headers or were refused before.</param>
/// <param name="Gone">Known pictures that are not there any more.</param>
/// <param name="Bytes">Bytes of the new and changed pictures.</param>
/// <param name="Calls">Pictures that would be embedded; one for each content that is not known.</param>
/// <param name="Cached">Pictures that would not, because their vectors are known from elsewhere; copies within the library are not among them.</param>
/// <param name="Price">What those calls cost, in US dollars.</param>
public sealed record IndexEstimate(
    long New, long Copied, long Changed, long Touched, long Unchanged, long Skipped, long Failed, long Gone, long Bytes, long Calls, long Cached, decimal Price)
{
    /// <summary>Pictures that cost nothing because the library has others of the same content.</summary>
    public long Copies => New + Changed - Calls - Cached;
}
