namespace ImageSearch.Searching;

/// <summary>What was found for a query.</summary>
/// <param name="InOrder">Up to the end of the page and one more, in order.</param>
/// <param name="LeavesOut">Whether there are pictures that were too far down to be put into groups.</param>
internal sealed record FoundPictures(List<RankedPicture> InOrder, bool LeavesOut);
