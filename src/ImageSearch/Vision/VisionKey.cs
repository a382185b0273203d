using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Vision;

/// <summary>What an answer is kept under.</summary>
/// <param name="Sha256">SHA-256 of the picture, in lower-case hexadecimal.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="Asked">SHA-256 of what was asked and how, in lower-case hexadecimal.</param>
internal sealed record VisionKey(string Sha256, string Model, string Asked)
{
    /// <summary>The key of a picture.</summary>
    /// <param name="sha256">SHA-256 of the picture, in lower-case hexadecimal.</param>
    /// <param name="model">The model that answers.</param>
    /// <param name="asked">Kind and version of the prompt, the question, the size at which the picture is shown: all that the answer depends on.</param>
    public static VisionKey Of(string sha256, string model, params ReadOnlySpan<string> asked)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in asked)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return new VisionKey(sha256, model, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
