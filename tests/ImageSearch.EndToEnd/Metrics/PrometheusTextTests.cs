using System.Diagnostics.Metrics;
using ImageSearch.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Xunit;

namespace ImageSearch.EndToEnd.Metrics;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Every_kind_of_instrument_is_written_as_the_format_has_it()
    {
        using var meter = new Meter(nameof(PrometheusTextTests));
        using var exporter = new PrometheusExporter();
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(meter.Name)
            .AddView("test.wait", new ExplicitBucketHistogramConfiguration { Boundaries = [1, 5] })
            .AddReader(new BaseExportingMetricReader(exporter))
            .Build();
        meter.CreateCounter<double>("test.spent", "USD", "Money\nspent").Add(1.25, new KeyValuePair<string, object?>("model", "a\"b\\c\nd"));
        meter.CreateUpDownCounter<int>("test.held").Add(-3);
        _ = meter.CreateObservableGauge("test.level", () => 7);
        var wait = meter.CreateHistogram<double>("test.wait", "s");
        wait.Record(0.5);
        wait.Record(4);
        wait.Record(20);

        Assert.Equal(
            """
            # HELP test_spent_total Money\nspent
            # TYPE test_spent_total counter
            test_spent_total{model="a\"b\\c\nd"} 1.25
            # TYPE test_held gauge
            test_held -3
            # TYPE test_level gauge
            test_level 7
            # TYPE test_wait_seconds histogram
            test_wait_seconds_bucket{le="1"} 1
            test_wait_seconds_bucket{le="5"} 2
            test_wait_seconds_bucket{le="+Inf"} 3
            test_wait_seconds_sum 24.5
            test_wait_seconds_count 3

            """,
            exporter.Read());
    }
}
