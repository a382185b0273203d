namespace ImageSearch.Collections.Embedded;

/// <summary>A filter as a condition on <c>facts f</c>. Whatever a person wrote is a parameter, never text of the statement.</summary>
/// <param name="Where">The condition; never NULL.</param>
/// <param name="Parameters">The values of the parameters from <see cref="FirstParameter"/> on: long, double, string or byte[].</param>
internal sealed record FilterSql(string Where, IReadOnlyList<object> Parameters)
{
    /// <summary>Parameters before this one belong to the statement around the filter.</summary>
    public const int FirstParameter = 4;
}
