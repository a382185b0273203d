using ImageSearch.Collections;

namespace ImageSearch.Testing.Conformance;

/// <summary>A condition and where it holds.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Holds">Makes a picture pass that is 640 by 480 pixels, jpeg, in the library "photos", and has nothing else.</param>
/// <param name="HoldsNot">Makes the same picture fail.</param>
public sealed record ConditionCase(ImageCondition Condition, Func<ImagePayload, ImagePayload> Holds, Func<ImagePayload, ImagePayload> HoldsNot);
