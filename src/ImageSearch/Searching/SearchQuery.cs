using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>
/// A question to a collection, as <see cref="QueryParser"/> reads it from text or as a program puts it together.
/// A query without parts and without exact text ranks nothing: it lists what passes the filter, the newest first.
/// </summary>
public sealed record SearchQuery
{
    /// <summary>What to rank by. The plain words of a text are its first part, with weight 1.</summary>
    public IReadOnlyList<QueryPart> Parts { get; init; } = [];

    /// <summary>
    /// What a hit must satisfy. Two conditions take part in the ranking too: the words of a <see cref="ImageCondition.HasPhrase"/>
    /// are ranked by, and the meaning of a negated <see cref="ImageCondition.HasWord"/> is subtracted.
    /// </summary>
    public ImageFilter Filter { get; init; } = ImageFilter.All;

    /// <summary>The order; the default is by relevance.</summary>
    public SearchSort Sort { get; init; }

    /// <summary>Groups of which the best hits alone are shown; null shows every hit.</summary>
    public HitGrouping? Grouping { get; init; }

    /// <summary>Most hits on the page, 1 to 100,000; the default is 10.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Hits to pass over before the page, 0 to 1,000,000; the default is 0.</summary>
    public int Offset { get; init; }

    /// <summary>The least <see cref="SearchHit.Score"/> of a hit, 0…1; null keeps every hit. A query that ranks nothing has no scores to compare.</summary>
    public double? MinScore { get; init; }

    /// <summary>
    /// Whether a model judges the hits. What is excluded is then left to it: the meaning of excluded words is subtracted by a tenth only, as a
    /// vector cannot tell "cat" from "cat with glasses" and would lose both.
    /// </summary>
    public bool IsJudged { get; init; }

    /// <summary>Words to rank by beside those of the parts, without their meaning: those of another language than the parts'.</summary>
    public string OtherWords { get; init; } = "";

    /// <summary>The plain words, as a text has them; null where there are none.</summary>
    internal string? PlainWords => Parts is [QueryPart.Text { Weight: 1, IsLiteral: false } text, ..] ? text.Words : null;

    /// <summary>What was asked for, item by item, in the order in which <see cref="ToString"/> writes them.</summary>
    public IReadOnlyList<PrintedItem> Items => [.. QueryPrinter.Items(this)];

    /// <summary>
    /// The text that <see cref="QueryParser"/> reads as this query: parts, filter, sort and groups. Limit, offset, score and other words have
    /// no words in the language and are left out; so are conditions that only programs use.
    /// </summary>
    public override string ToString() => QueryPrinter.Print(this);

    /// <summary>The query with other plain words, and more parts and conditions.</summary>
    internal SearchQuery With(string plainWords, IEnumerable<QueryPart> parts, IEnumerable<ImageCondition> conditions) => this with
    {
        Parts = [.. plainWords.Length > 0 ? [new QueryPart.Text(plainWords)] : Array.Empty<QueryPart>(), .. Parts.Skip(PlainWords is null ? 0 : 1), .. parts],
        Filter = new ImageFilter([.. Filter.Conditions, .. conditions]),
    };
}
