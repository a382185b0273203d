namespace ImageSearch.Server.Safety;

/// <summary>What begins a session.</summary>
/// <param name="Key">A key, to read or to write.</param>
internal sealed record SessionKey(string Key);
