using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Collections.Qdrant;

/// <summary>Text as it is compared for equality: without case; what is too long for an index stands by its digest.</summary>
internal static class Keyword
{
    /// <summary>Most characters that an index keeps as they are.</summary>
    public const int Longest = 256;

    public static string Of(string text) => FoldedText.Of(text) is { Length: > Longest } folded
        ? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folded)))}"
        : FoldedText.Of(text);

    /// <summary>Text that is searched for a part: its beginning.</summary>
    public static string Beginning(string text) => FoldedText.Of(text) is { Length: > Longest } folded ? FoldedText.Of(folded[..Longest]) : FoldedText.Of(text);
}
