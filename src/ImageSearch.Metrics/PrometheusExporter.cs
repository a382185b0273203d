using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ImageSearch.Metrics;

/// <summary>Hands out the metrics as text whenever it is asked, one asker after another.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int CollectMilliseconds = 10_000;

    private readonly Lock _gate = new();
    private string _text = "";

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The metrics as they are now; empty when they cannot be collected.</summary>
    public string Read()
    {
        lock (_gate)
        {
            return Collect?.Invoke(CollectMilliseconds) == true ? _text : "";
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        foreach (var metric in batch)
        {
            text.Add(metric);
        }

        _text = text.ToString();
        return ExportResult.Success;
    }
}
