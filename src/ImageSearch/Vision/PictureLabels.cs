namespace ImageSearch.Vision;

/// <summary>Labels that say nothing about their pictures and that no picture can know: four random letters and digits.</summary>
/// <param name="random">Where they come from.</param>
internal sealed class PictureLabels(Random random)
{
    private const int Length = 4;

    // No vowels, so that no word comes of it, and none that looks like another.
    private const string Alphabet = "bcdfghjkmnpqrstvwxz23456789";

    private readonly Lock _gate = new();

    /// <summary>So many labels, all different.</summary>
    public IReadOnlyList<string> Next(int count)
    {
        var labels = new HashSet<string>();
        lock (_gate)
        {
            while (labels.Count < count)
            {
                labels.Add(string.Create(Length, random, static (label, random) =>
                {
                    for (var i = 0; i < label.Length; i++)
                    {
                        label[i] = Alphabet[random.Next(Alphabet.Length)];
                    }
                }));
            }
        }

        return [.. labels];
    }
}
