using System.Numerics.Tensors;

namespace ImageSearch.Embedding.Offline;

/// <summary>Puts the two parts of a vector together: [visual | words], shape [1024], unit length.</summary>
internal static class OfflineVector
{
    public const int Dimension = VisualLayout.Dimension + WordsPart.Dimension;

    // A picture is first of all what it looks like; a text is first of all its words. The two pairs of weights balance each
    // other in the score of a text against a picture.
    private const float LooksOfPicture = 0.85f;
    private const float WordsOfPicture = 0.53f;
    private const float LooksOfText = 0.6f;
    private const float WordsOfText = 0.8f;

    /// <summary>A picture by its looks alone.</summary>
    public static float[] OfPicture(ReadOnlySpan<float> visual) => Join(visual, 1, [], 0);

    /// <summary>The vector of a picture, and the words that travel with it.</summary>
    public static float[] WithWords(ReadOnlySpan<float> picture, string text) => WordsPart.Of(TextWords.Split(text)) is { } words
        ? Join(picture[..VisualLayout.Dimension], LooksOfPicture, words, WordsOfPicture)
        : picture.ToArray();

    /// <summary>A text by its words, and by what they look like.</summary>
    public static float[] OfText(string text)
    {
        var split = TextWords.Split(text);
        var words = WordsPart.Of(split);
        return (VisualPart.OfText(split), words) switch
        {
            (null, _) => Join([], 0, words ?? WordsPart.OfSymbols(text), 1),
            ({ } visual, _) => Join(visual, LooksOfText, words, WordsOfText),
        };
    }

    private static float[] Join(ReadOnlySpan<float> visual, float visualWeight, ReadOnlySpan<float> words, float wordsWeight)
    {
        var vector = new float[Dimension];
        TensorPrimitives.Multiply(visual, visualWeight, vector);
        TensorPrimitives.Multiply(words, wordsWeight, vector.AsSpan(VisualLayout.Dimension));
        return UnitVector.TryNormalise(vector) ? vector : throw new InvalidOperationException("A vector of nothing has no direction.");
    }
}
