using System.Security.Cryptography;
using System.Text;

namespace ImageSearch.Embedding.Offline;

/// <summary>
/// The words part of a vector: each stem, and each group of synonyms that it belongs to, adds to a few places that its hash
/// chooses, with signs that its hash chooses, so that unrelated words have a cosine near 0.
/// </summary>
internal static class WordsPart
{
    /// <summary>Numbers in the words part.</summary>
    public const int Dimension = 512;

    private const int PlacesPerStem = 4;

    // A synonym is found, but behind the word itself.
    private const float SynonymWeight = 0.6f;

    /// <summary>The words of a text: shape [512], unit length; null when it has none that tell pictures apart.</summary>
    public static float[]? Of(IReadOnlyList<string> words)
    {
        var part = new float[Dimension];
        var stems = words.Where(TextWords.IsTelling).Select(WordStem.Of).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var stem in stems)
        {
            Add(part, stem, 1);
        }

        foreach (var concept in stems.SelectMany(Synonyms.ConceptsOf).Distinct(StringComparer.Ordinal))
        {
            Add(part, $"~{concept}", SynonymWeight);
        }

        return UnitVector.TryNormalise(part) ? part : null;
    }

    /// <summary>A text without words, such as a lone symbol: found where exactly the same stands, and nowhere else.</summary>
    public static float[] OfSymbols(string text)
    {
        var part = new float[Dimension];
        Add(part, $"={text.Trim()}", 1);
        UnitVector.TryNormalise(part);
        return part;
    }

    private static void Add(float[] part, string feature, float weight)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(feature), hash);
        for (var at = 0; at < PlacesPerStem; at++)
        {
            var place = hash[2 * at] | ((hash[(2 * at) + 1] & 1) << 8);
            part[place] += (hash[(2 * at) + 1] & 2) == 0 ? weight : -weight;
        }
    }
}
