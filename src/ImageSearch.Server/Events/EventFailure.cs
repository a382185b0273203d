namespace ImageSearch.Server.Events;

/// <summary>Why events end before their end.</summary>
/// <param name="Reason">What happened, with the cure.</param>
internal sealed record EventFailure(string Reason);
