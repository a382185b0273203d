namespace ImageSearch.Testing.Qdrant;

/// <summary>What later servers know and earlier ones ignore or refuse.</summary>
internal enum Feature
{
    /// <summary>Free metadata of a collection, and upserts with an update filter (1.16).</summary>
    Metadata,

    /// <summary>Upserts that only insert or only update, weights in reciprocal rank fusion, and the status <c>wait_timeout</c> (1.17).</summary>
    UpdateMode,

    /// <summary>TurboQuant, and vectors added to a collection that lives (1.18).</summary>
    TurboQuant,

    /// <summary>The match by prefix, and <c>memory</c> instead of <c>on_disk</c> (1.19).</summary>
    Memory,
}

/// <summary>The version that the server reports, on which depends what it knows.</summary>
internal sealed record ServerVersion(string Text)
{
    private readonly Version _number = Version.Parse(Text);

    public bool Knows(Feature feature) => _number >= feature switch
    {
        Feature.Metadata => new Version(1, 16),
        Feature.UpdateMode => new Version(1, 17),
        Feature.TurboQuant => new Version(1, 18),
        _ => new Version(1, 19),
    };
}
