using System.Diagnostics.Metrics;
using ImageSearch.Pacing;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.Tests.Pacing;

public sealed class CallMetricsTests
{
    private const string Prefix = "imagesearch.embedding.";

    [Fact]
    public async Task Calls_their_duration_and_the_width_are_measured_by_purpose_and_outcome()
    {
        const string purpose = "metrics test";
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            // Instruments of other rooms carry other tags, and other tests use them at the same time.
            if (instrument.Meter.Name == "ImageSearch" && instrument.Name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        var clock = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        using var pace = new CallPace(new CallPaceOptions { Purpose = purpose, FirstWidth = 10 }, clock, new Random(1));

        using (var slot = await pace.EnterAsync(isRetry: false, default))
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            slot.Outcome = CallOutcome.Throttled;
        }

        Assert.Equal(["width 7 ", "calls 1 throttled", "call.duration 2 throttled"], seen);

        // Other tests keep paces at the same time.
        void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (Equals(named["purpose"], purpose))
            {
                seen.Add($"{instrument.Name[Prefix.Length..]} {value} {named.GetValueOrDefault("outcome")}");
            }
        }
    }
}
