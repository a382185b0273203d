namespace ImageSearch.Captioning;

/// <summary>What describing pictures would take.</summary>
/// <param name="Model">The model.</param>
/// <param name="Pictures">Pictures to describe.</param>
/// <param name="Kept">How many of them have a description kept from before, which costs nothing.</param>
/// <param name="Cost">About how much it costs, in US dollars; null where the price is not known.</param>
public sealed record CaptionEstimate(string Model, int Pictures, int Kept, decimal? Cost);
