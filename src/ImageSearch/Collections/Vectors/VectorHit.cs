namespace ImageSearch.Collections.Vectors;

/// <summary>A row that a search found.</summary>
/// <param name="Row">The row's number, from 0 in the order of appending.</param>
/// <param name="Score">Its exact dot product with the query: the cosine, −1…1, for vectors of unit length.</param>
internal readonly record struct VectorHit(int Row, float Score) : IComparable<VectorHit>
{
    /// <summary>Orders the better hit first: the higher score, then the lower row.</summary>
    public int CompareTo(VectorHit other)
    {
        int byScore = other.Score.CompareTo(Score);
        return byScore != 0 ? byScore : Row.CompareTo(other.Row);
    }
}
