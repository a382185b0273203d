namespace ImageSearch.Collections;

/// <summary>One picture file in a collection.</summary>
/// <param name="Id">Made from library and path by <see cref="PointId"/>, so that writing twice is writing once.</param>
/// <param name="Vector">Shape [dimension], unit length; empty where a call was asked to leave vectors out.</param>
/// <param name="Payload">The facts about the picture.</param>
public sealed record ImagePoint(Guid Id, ReadOnlyMemory<float> Vector, ImagePayload Payload);
