namespace ImageSearch.Vision;

/// <summary>Words in English, as a model writes them.</summary>
internal sealed record TranslationAnswer(string? Language, string? English);
