namespace ImageSearch.Searching.Planning;

/// <summary>Languages by their ISO 639 codes.</summary>
internal static class Languages
{
    private const string English = "en";
    private const int LongestCode = 3;

    /// <summary>The code that a model gave; null where it is none, or that of English.</summary>
    public static string? Foreign(string? code)
    {
        var language = code?.Trim().ToLowerInvariant().Split('-')[0];
        return language is { Length: >= 2 and <= LongestCode } && language != English && language.All(char.IsAsciiLetterLower) ? language : null;
    }

    /// <summary>The English name of a language; its code where that is not known here.</summary>
    public static string NameOf(string code) => code switch
    {
        "ar" => "Arabic",
        "bg" => "Bulgarian",
        "cs" => "Czech",
        "da" => "Danish",
        "de" => "German",
        "el" => "Greek",
        "es" => "Spanish",
        "et" => "Estonian",
        "fa" => "Persian",
        "fi" => "Finnish",
        "fr" => "French",
        "he" => "Hebrew",
        "hi" => "Hindi",
        "hr" => "Croatian",
        "hu" => "Hungarian",
        "id" => "Indonesian",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "lt" => "Lithuanian",
        "lv" => "Latvian",
        "nl" => "Dutch",
        "no" => "Norwegian",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ro" => "Romanian",
        "ru" => "Russian",
        "sk" => "Slovak",
        "sl" => "Slovenian",
        "sr" => "Serbian",
        "sv" => "Swedish",
        "th" => "Thai",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        "vi" => "Vietnamese",
        "zh" => "Chinese",
        _ => code,
    };
}
