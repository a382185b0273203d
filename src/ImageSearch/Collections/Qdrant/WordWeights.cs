using System.Text;
using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>
/// Words as sparse vectors. A point carries the part of BM25 that is its own (how often a word occurs, in how long a text), a query 1 for
/// each word; the server multiplies by how rare the word is among its points (IDF) and adds up.
/// </summary>
internal static class WordWeights
{
    // As in SQLite's bm25(), which ranks the embedded collection.
    private const float K1 = 1.2f;
    private const float B = 0.75f;

    /// <summary>
    /// Words of a picture's name, folders, title and tags, about; in place of the mean of the collection, which changes with every
    /// point while the vectors stay.
    /// </summary>
    private const float UsualLength = 12;

    /// <summary>The vector of a point; null without words.</summary>
    public static Vector.Sparse? OfPoint(IReadOnlyList<string> tokens)
    {
        if (tokens.Count == 0)
        {
            return null;
        }

        var scale = K1 * (1 - B + (B * tokens.Count / UsualLength));
        return Of(tokens.CountBy(token => token).Select(token => (token.Key, token.Value * (K1 + 1) / (token.Value + scale))));
    }

    /// <summary>The vector of a query of words, each of one or more tokens; null without any.</summary>
    public static Vector.Sparse? OfQuery(IReadOnlyList<IReadOnlyList<string>> words)
    {
        var weights = words.SelectMany(tokens => tokens.Select(token => (Token: token, Weight: 1f / tokens.Count)))
            .GroupBy(token => token.Token, (token, found) => (token, found.Max(one => one.Weight)))
            .ToList();
        return weights.Count == 0 ? null : Of(weights);
    }

    private static Vector.Sparse Of(IEnumerable<(string Token, float Weight)> weights)
    {
        // Two words in one place are one chance in four thousand million; places must not repeat.
        var places = weights.GroupBy(token => PlaceOf(token.Token), (place, tokens) => (Place: place, Weight: tokens.Sum(token => token.Weight)))
            .OrderBy(place => place.Place)
            .ToArray();
        return new Vector.Sparse(Array.ConvertAll(places, place => place.Place), Array.ConvertAll(places, place => place.Weight));
    }

    // FNV-1a, 32 bits: stored, so it never changes.
    private static uint PlaceOf(string token)
    {
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(token))
        {
            hash = (hash ^ octet) * 16777619u;
        }

        return hash;
    }
}
