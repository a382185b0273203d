namespace ImageSearch.Collections;

/// <summary>Whether a call returns the vectors of points beside their payloads.</summary>
public enum VectorInclusion
{
    /// <summary>Payload only; <see cref="ImagePoint.Vector"/> is empty.</summary>
    Without,

    /// <summary>Payload and vector.</summary>
    With,
}
