namespace ImageSearch.Server.Safety;

/// <summary>What the client may do.</summary>
/// <param name="Read">Search and look.</param>
/// <param name="Write">Change what is indexed.</param>
/// <param name="KeysRequired">Whether a key opens more than what everyone may do.</param>
internal sealed record SessionState(bool Read, bool Write, bool KeysRequired);
