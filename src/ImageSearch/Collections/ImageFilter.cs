namespace ImageSearch.Collections;

/// <summary>
/// What a point must satisfy; every condition must hold. Applied inside the search, so it never costs recall. Filters with equal
/// conditions in the same order are equal.
/// </summary>
/// <param name="Conditions">The conditions; empty means every point.</param>
public sealed record ImageFilter(IReadOnlyList<ImageCondition> Conditions)
{
    /// <summary>Most conditions of a filter, inner ones counted.</summary>
    public const int MaxConditions = 1000;

    /// <summary>Most conditions inside one another.</summary>
    public const int MaxDepth = 32;

    /// <summary>Every point.</summary>
    public static ImageFilter All { get; } = new([]);

    /// <inheritdoc/>
    public bool Equals(ImageFilter? other) => other is not null && Conditions.SequenceEqual(other.Conditions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashOf(Conditions);

    internal static int HashOf(IReadOnlyList<ImageCondition> conditions)
    {
        var hash = new HashCode();
        foreach (var condition in conditions)
        {
            hash.Add(condition);
        }

        return hash.ToHashCode();
    }

    /// <summary>Refuses a filter that is larger or deeper than every collection can carry.</summary>
    /// <exception cref="ArgumentException">Too many conditions, or too deep.</exception>
    internal void Check()
    {
        var count = 0;
        foreach (var condition in Conditions)
        {
            Check(condition, 1, ref count);
        }
    }

    private static void Check(ImageCondition condition, int depth, ref int count)
    {
        if (++count > MaxConditions)
        {
            throw new ArgumentException($"The filter has more than {MaxConditions} conditions. Leave some out.");
        }

        if (depth > MaxDepth)
        {
            throw new ArgumentException($"The filter's conditions lie more than {MaxDepth} deep inside one another. Write it flatter.");
        }

        switch (condition)
        {
            case ImageCondition.Not not:
                Check(not.Inner, depth + 1, ref count);
                break;
            case ImageCondition.Any any:
                foreach (var inner in any.Inner)
                {
                    Check(inner, depth + 1, ref count);
                }

                break;
        }
    }
}
