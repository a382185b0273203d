namespace ImageSearch.Collections;

/// <summary>What a picture's place in a <see cref="TimeOrder"/> depends on.</summary>
/// <param name="Ticks">The time it was taken, in 100 ns since the year 1; <see cref="NoTime"/> where it is unknown.</param>
/// <param name="Id">The point's id.</param>
internal readonly record struct TakenKey(long Ticks, Guid Id)
{
    public const long NoTime = -1;

    public static TakenKey Of(ImagePoint point) => new(point.Payload.TakenAt?.Ticks ?? NoTime, point.Id);
}
