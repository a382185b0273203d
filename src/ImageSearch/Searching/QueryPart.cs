namespace ImageSearch.Searching;

/// <summary>One part of what a query is ranked by. The meaning of a query is the weighted sum of its parts.</summary>
public abstract record QueryPart
{
    private QueryPart(double weight) => Weight = weight;

    /// <summary>What the part counts for, −100…100 and not 0; a part below 0 is subtracted.</summary>
    public double Weight { get; init; }

    /// <summary>A text, embedded as one sentence. With a weight above 0 its words are ranked by as well.</summary>
    public sealed record Text(string Words, double Weight = 1) : QueryPart(Weight)
    {
        /// <summary>Whether the text was written with its weight, 1 included: nothing is read into such words. It says how the part is written, not what it means.</summary>
        internal bool IsLiteral { get; init; }

        /// <inheritdoc/>
        public bool Equals(Text? other) => other is not null && Words == other.Words && Weight.Equals(other.Weight);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Words, Weight);
    }

    /// <summary>A picture to be similar to, by path; the reader of the searcher says what a path may be.</summary>
    public sealed record Picture(string Path, double Weight = 1) : QueryPart(Weight);
}
