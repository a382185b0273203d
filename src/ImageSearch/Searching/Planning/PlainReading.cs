using ImageSearch.Collections;

namespace ImageSearch.Searching.Planning;

/// <summary>
/// Reads dates and exclusions out of the plain words of a query, by rules: no model, no network, and some microseconds where there is nothing to read. What was read leaves the
/// words, so that reading again changes nothing.
/// </summary>
internal static class PlainReading
{
    /// <summary>More words than anyone types; a pasted page is searched for as it stands.</summary>
    private const int MostWords = 64;

    // "photos from last summer" asks for all of them.
    private static readonly string[] NamesOfPictures =
        ["photo", "photos", "photograph", "photographs", "picture", "pictures", "pic", "pics", "image", "images", "shots", "snapshots", "all", "my", "our", "the", "everything"];

    /// <summary>The query with all that its plain words say as parts of it; the query itself where they say nothing of the kind.</summary>
    /// <param name="query">The query.</param>
    /// <param name="today">The day on which it is asked, by the clock of the one who asks.</param>
    /// <param name="phrases">Takes what was read: the words, and the items that they became.</param>
    public static SearchQuery Of(SearchQuery query, DateOnly today, ICollection<(string Words, string Items)> phrases)
    {
        if (query.PlainWords is not { } text)
        {
            return query;
        }

        var words = PlainWord.Split(text);
        if (words.Count > MostWords)
        {
            return query;
        }

        var (conditions, away) = (new List<ImageCondition>(), new List<QueryPart.Text>());
        while (Next(words, today) is { } read)
        {
            phrases.Add((PlainWord.Join(words[read.Start..read.End]), ItemsOf(read)));
            conditions.AddRange(read.Conditions.Where(condition => !conditions.Contains(condition) && !query.Filter.Conditions.Contains(condition)));
            away.AddRange(read.Away.Where(part => !away.Contains(part) && !query.Parts.Contains(part)));
            words.RemoveRange(read.Start, read.End - read.Start);
        }

        if (phrases.Count == 0)
        {
            return query;
        }

        var asksForAll = away.Count == 0 && conditions.TrueForAll(condition => QueryWords.ExcludedBy(condition) is null)
            && words.TrueForAll(word => NamesOfPictures.Contains(word.Text));
        return query.With(asksForAll ? "" : PlainWord.Join(words), away, conditions);
    }

    private static PhraseReading? Next(List<PlainWord> words, DateOnly today)
    {
        var (dates, negations) = (new DatePhrases(words, today), new NegationPhrases(words));
        var places = Enumerable.Range(0, words.Count);
        return places.Select(dates.Read).FirstOrDefault(read => read is not null) ?? places.Select(negations.Read).FirstOrDefault(read => read is not null);
    }

    private static string ItemsOf(PhraseReading read) =>
        new SearchQuery { Parts = [.. read.Away], Filter = new ImageFilter([.. read.Conditions]) }.ToString();
}
