namespace ImageSearch.Server.Libraries;

/// <summary>What those who listen are told.</summary>
/// <param name="Name">The name of the event.</param>
/// <param name="Json">What it carries.</param>
internal sealed record ServerEvent(string Name, string Json);
