using ImageSearch.Spending;

namespace ImageSearch;

/// <summary>How long a provider's calls are expected to take.</summary>
/// <param name="PerCall">Time for one call.</param>
/// <param name="AtOnce">Calls in flight at the same time.</param>
/// <param name="Measured">The calls that the time was taken from; null where none was measured yet, and the time is an assumption.</param>
public sealed record CallTime(TimeSpan PerCall, int AtOnce, SpendPace? Measured)
{
    /// <summary>The time that is assumed for a call before one was measured.</summary>
    public static TimeSpan Assumed { get; } = TimeSpan.FromSeconds(0.3);

    /// <summary>Time for so many calls: none takes less than one.</summary>
    public TimeSpan Of(long calls) => PerCall * (calls <= AtOnce ? Math.Min(calls, 1) : (double)calls / AtOnce);
}
