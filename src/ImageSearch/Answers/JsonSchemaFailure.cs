namespace ImageSearch.Answers;

/// <summary>A place at which a value is not as its JSON schema says.</summary>
/// <param name="Path">The place, a JSON Pointer; empty for the value as a whole.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record JsonSchemaFailure(string Path, string Message);
