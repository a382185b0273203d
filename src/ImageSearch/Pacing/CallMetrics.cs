using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImageSearch.Pacing;

/// <summary>What the library's meter says of calls to providers of one kind.</summary>
internal sealed class CallMetrics
{
    /// <summary>Calls of models that embed.</summary>
    public static readonly CallMetrics Embedding = new("embedding");

    /// <summary>Calls of models that look at pictures.</summary>
    public static readonly CallMetrics Vision = new("vision");

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly Gauge<int> _width;

    private CallMetrics(string kind)
    {
        var meter = new Meter("ImageSearch");
        _calls = meter.CreateCounter<long>(
            $"imagesearch.{kind}.calls", "{call}", "Calls that have ended, by purpose and outcome: answered, throttled, failed or abandoned.");
        _duration = meter.CreateHistogram<double>($"imagesearch.{kind}.call.duration", "s", "Time from the start of a call to its end.");
        _width = meter.CreateGauge<int>($"imagesearch.{kind}.width", "{call}", "Calls allowed at once.");
    }

    public void Ended(string purpose, CallOutcome outcome, TimeSpan duration)
    {
        var tags = new TagList { { "purpose", purpose }, { "outcome", NameOf(outcome) } };
        _calls.Add(1, tags);
        _duration.Record(duration.TotalSeconds, tags);
    }

    public void Widened(string purpose, int width) => _width.Record(width, new TagList { { "purpose", purpose } });

    private static string NameOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => "answered",
        CallOutcome.Throttled => "throttled",
        CallOutcome.Failed => "failed",
        CallOutcome.Abandoned => "abandoned",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no such outcome"),
    };
}
