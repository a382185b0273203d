namespace ImageSearch.Indexing;

/// <summary>An entry that is no candidate for indexing: skipped for a reason, or not readable.</summary>
internal abstract record WalkedOddity(string Name)
{
    internal sealed record Skipped(string Name, SkipReason Reason) : WalkedOddity(Name);

    internal sealed record Unreadable(string Name, string Fault) : WalkedOddity(Name);
}
