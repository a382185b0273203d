using ImageSearch.Server.Vision;

namespace ImageSearch.Server.Safety;

/// <summary>What the client may do.</summary>
/// <param name="Read">Search and look.</param>
/// <param name="Write">Change what is indexed.</param>
/// <param name="KeysRequired">Whether a key opens more than what everyone may do.</param>
/// <param name="Vision">What a model can be asked for; absent where this server asks none.</param>
internal sealed record SessionState(bool Read, bool Write, bool KeysRequired, VisionState? Vision);
