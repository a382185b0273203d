namespace ImageSearch.Pacing;

/// <summary>
/// How the calls to a provider come along at one moment. Generators that keep a pace answer for it:
/// <c>generator.GetService(typeof(CallPaceStatus))</c>.
/// </summary>
/// <param name="Width">Calls allowed at once while the provider takes calls.</param>
/// <param name="InFlight">Calls on their way.</param>
/// <param name="Waiting">Calls that wait for their turn.</param>
/// <param name="Pause">How long no call goes out, because the provider takes none; zero where calls go out.</param>
/// <param name="Calls">Calls that have ended, whatever came of them.</param>
/// <param name="Throttles">Those of them that the provider refused for the moment; they are made again.</param>
/// <param name="Failures">Those of them that failed in a way that may pass; they are made again for a while.</param>
public sealed record CallPaceStatus(int Width, int InFlight, int Waiting, TimeSpan Pause, long Calls, long Throttles, long Failures);
