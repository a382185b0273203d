namespace ImageSearch.Searching;

/// <summary>Words that a model put into English.</summary>
/// <param name="From">The language that they were in, by its ISO 639 code: <c>de</c>.</param>
/// <param name="Text">The words in English.</param>
public sealed record QueryTranslation(string From, string Text);
