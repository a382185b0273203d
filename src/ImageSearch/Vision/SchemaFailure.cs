namespace ImageSearch.Vision;

/// <summary>A place at which a value is not as its JSON schema says.</summary>
/// <param name="Path">The place in the value, a JSON Pointer (RFC 6901); empty for the value as a whole.</param>
/// <param name="Message">What is wrong there, as a sentence for people. It may quote the value: to be escaped wherever it is shown.</param>
public sealed record SchemaFailure(string Path, string Message);
