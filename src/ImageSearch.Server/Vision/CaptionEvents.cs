namespace ImageSearch.Server.Vision;

/// <summary>What a run of captions tells: <c>estimate</c>, <c>caption</c> and <c>failed</c> for each picture, <c>end</c>.</summary>
internal static class CaptionEvents
{
    /// <summary>What it takes.</summary>
    /// <param name="Pictures">Pictures to describe.</param>
    /// <param name="Kept">How many of them have a description kept from before, which costs nothing.</param>
    /// <param name="Dollars">About how much it costs, in US dollars; absent where the price is not known.</param>
    /// <param name="Model">The model.</param>
    internal sealed record Estimate(int Pictures, int Kept, decimal? Dollars, string Model);

    /// <summary>A picture is described, and found by that.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Caption">The caption, which a model wrote: escape it where it is shown.</param>
    /// <param name="Tags">Its tags, of the same making.</param>
    /// <param name="VisibleText">What is written in it; empty where nothing is.</param>
    internal sealed record Described(Guid Id, string Caption, IReadOnlyList<string> Tags, string VisibleText);

    /// <summary>A picture is not described.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Reason">Why.</param>
    internal sealed record Refused(Guid Id, string Reason);

    /// <summary>All is over.</summary>
    /// <param name="Described">Pictures that were described.</param>
    /// <param name="Failed">Pictures that were not.</param>
    /// <param name="Left">Pictures that nobody got to; the same question again goes on with them.</param>
    /// <param name="Dollars">US dollars that this server spent meanwhile; absent where the price is not known.</param>
    /// <param name="Notes">Why it ended before its end.</param>
    internal sealed record End(int Described, int Failed, int Left, decimal? Dollars, IReadOnlyList<string> Notes);
}
