namespace ImageSearch.Collections.Vectors;

/// <summary>Where four rows begin that are read side by side.</summary>
internal readonly unsafe struct FourRows(float* first, float* second, float* third, float* fourth)
{
    public readonly float* First = first;
    public readonly float* Second = second;
    public readonly float* Third = third;
    public readonly float* Fourth = fourth;

    /// <summary>Four that follow each other.</summary>
    public static FourRows From(float* first, int dimension) =>
        new(first, first + dimension, first + (2 * (nint)dimension), first + (3 * (nint)dimension));
}
