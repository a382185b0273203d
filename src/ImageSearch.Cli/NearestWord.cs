namespace ImageSearch.Cli;

/// <summary>Finds what a person may have meant.</summary>
internal static class NearestWord
{
    /// <summary>The candidate that the fewest edits turn into the word; null when none is near.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var nearest = candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return nearest.Candidate is not null && nearest.Distance <= (word.Length < 4 ? 1 : Math.Max(2, word.Length / 3)) ? nearest.Candidate : null;
    }

    /// <summary>The edit distance (Levenshtein): letters inserted, deleted or replaced.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
