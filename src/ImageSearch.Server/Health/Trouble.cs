namespace ImageSearch.Server.Health;

/// <summary>A dependency that is away.</summary>
/// <param name="Dependency">Its name.</param>
/// <param name="Message">What happened, with the cure.</param>
/// <param name="Since">When it was first found away.</param>
/// <param name="Until">Until when it counts as away if nobody finds it so again.</param>
internal sealed record Trouble(string Dependency, string Message, DateTimeOffset Since, DateTimeOffset Until);
