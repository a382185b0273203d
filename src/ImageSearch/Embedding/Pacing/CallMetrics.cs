using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImageSearch.Embedding.Pacing;

/// <summary>What the library's meter says of calls to embedding providers.</summary>
internal static class CallMetrics
{
    private static readonly Meter Meter = new("ImageSearch");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "imagesearch.embedding.calls", "{call}", "Calls that have ended, by purpose and outcome: answered, throttled, failed or abandoned.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "imagesearch.embedding.call.duration", "s", "Time from the start of a call to its end.");

    private static readonly Gauge<int> Width = Meter.CreateGauge<int>(
        "imagesearch.embedding.width", "{call}", "Calls allowed at once.");

    public static void Ended(string purpose, CallOutcome outcome, TimeSpan duration)
    {
        var tags = new TagList { { "purpose", purpose }, { "outcome", NameOf(outcome) } };
        Calls.Add(1, tags);
        Duration.Record(duration.TotalSeconds, tags);
    }

    public static void Widened(string purpose, int width) => Width.Record(width, new TagList { { "purpose", purpose } });

    private static string NameOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => "answered",
        CallOutcome.Throttled => "throttled",
        CallOutcome.Failed => "failed",
        CallOutcome.Abandoned => "abandoned",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no such outcome"),
    };
}
