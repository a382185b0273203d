using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace ImageSearch.Metrics;

/// <summary>Writes metrics in Prometheus' text format, version 0.0.4.</summary>
/// <seealso href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</seealso>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a metric with all its points.</summary>
    public void Add(Metric metric)
    {
        var (kind, ending) = metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum => ("counter", "_total"),
            MetricType.Histogram => ("histogram", ""),
            MetricType.ExponentialHistogram => ("", ""),
            _ => ("gauge", ""),
        };
        if (kind.Length == 0)
        {
            return;
        }

        var name = NameOf(metric) + ending;
        if (metric.Description.Length > 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escaped(metric.Description)}\n");
        }

        _text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {kind}\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            Add(name, metric.MetricType, point);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Add(string name, MetricType type, in MetricPoint point)
    {
        var labels = LabelsOf(point);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(name, labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(name, labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                Line(name, labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                Line(name, labels, point.GetGaugeLastValueDouble());
                break;
            case MetricType.Histogram:
                AddBuckets(name, labels, point);
                break;
        }
    }

    private void AddBuckets(string name, List<string> labels, in MetricPoint point)
    {
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            Line($"{name}_bucket", [.. labels, $"le=\"{Text(bucket.ExplicitBound)}\""], count);
        }

        Line($"{name}_sum", labels, point.GetHistogramSum());
        Line($"{name}_count", labels, point.GetHistogramCount());
    }

    private void Line(string name, List<string> labels, double value)
    {
        var all = labels.Count > 0 ? $"{{{string.Join(',', labels)}}}" : "";
        _text.Append(CultureInfo.InvariantCulture, $"{name}{all} {Text(value)}\n");
    }

    private static List<string> LabelsOf(in MetricPoint point)
    {
        var labels = new List<string>();
        foreach (var (key, value) in point.Tags)
        {
            labels.Add($"{Identifier(key)}=\"{Escaped(Convert.ToString(value, CultureInfo.InvariantCulture)).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }

        return labels;
    }

    private static string NameOf(Metric metric)
    {
        var unit = metric.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        return Identifier(metric.Name) + unit;
    }

    private static string Identifier(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Escaped(string? text) => (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Text(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
