using Microsoft.Net.Http.Headers;

namespace ImageSearch.Server.Pictures;

/// <summary>What a picture is called where it is saved.</summary>
internal static class PictureName
{
    private const string Fallback = "picture";
    private const int Longest = 120;

    /// <summary>The header that has it shown, and saved under its own name with the ending of what is sent.</summary>
    public static ContentDispositionHeaderValue Inline(string path, string mediaType)
    {
        var name = Path.GetFileNameWithoutExtension(path[(path.LastIndexOf('/') + 1)..]);
        var plain = string.Concat(name.Where(IsPlain).Take(Longest)).Trim(' ', '.');
        var ending = mediaType[(mediaType.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var header = new ContentDispositionHeaderValue("inline");
        header.SetHttpFileName($"{(plain.Length > 0 ? plain : Fallback)}.{(ending == "jpeg" ? "jpg" : ending)}");
        return header;
    }

    // Controls, signs that turn the direction of writing, lone surrogates, and what separates folders or quotes.
    private static bool IsPlain(char letter) =>
        !char.IsControl(letter) && !char.IsSurrogate(letter) && char.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.Format
        && letter is not ('/' or '\\' or '"' or ':' or '<' or '>' or '|' or '?' or '*');
}
