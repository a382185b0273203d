namespace ImageSearch.Collections.Qdrant;

/// <summary>The cameras and lenses of a collection, folded: few, and compared here because Qdrant finds no part of a keyword.</summary>
internal sealed record CameraNames(IReadOnlyList<string> Cameras, IReadOnlyList<string> Lenses)
{
    /// <summary>None; enough for a filter that names no camera.</summary>
    public static CameraNames None { get; } = new([], []);

    /// <summary>Whether a filter asks for a camera anywhere.</summary>
    public static bool AreAskedFor(ImageFilter filter) => filter.Conditions.Any(AreAskedFor);

    private static bool AreAskedFor(ImageCondition condition) => condition switch
    {
        ImageCondition.CameraContains => true,
        ImageCondition.Not not => AreAskedFor(not.Inner),
        ImageCondition.Any any => any.Inner.Any(AreAskedFor),
        _ => false,
    };
}
