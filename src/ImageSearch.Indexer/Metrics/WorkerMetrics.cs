using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ImageSearch.Indexer.Metrics;

/// <summary>
/// Collects what the library measures (meter <c>ImageSearch</c>), the runtime, what was spent and which dependencies are away; gives it out as text, and
/// sends it where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, if it does.
/// </summary>
internal sealed class WorkerMetrics : IDisposable
{
    private const string MeterName = "ImageSearch";

    private readonly Meter _meter = new(MeterName);
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    /// <summary>Collects from now on.</summary>
    public WorkerMetrics(WorkerState state, ImageSearchHome home, string shard, string? otlpEndpoint)
    {
        _ = _meter.CreateObservableCounter(
            "imagesearch.spent",
            () => home.SpentByModel().Select(spend => new Measurement<double>((double)(spend.Dollars - spend.Unsettled), new KeyValuePair<string, object?>("model", spend.Model))),
            "USD",
            "US dollars spent by all programs of the home folder, by model; what is under way is not in it.");
        _ = _meter.CreateObservableGauge(
            "imagesearch.dependency.away",
            () => state.Troubles.Select(trouble => trouble.Dependency).Distinct().Select(name => new Measurement<int>(1, new KeyValuePair<string, object?>("dependency", name))),
            unit: null,
            "1 for each dependency of the worker that is away.");
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService("imagesearch-indexer").AddAttributes([new("imagesearch.shard", shard)]))
            .AddMeter(MeterName, "System.Runtime")
            .AddReader(new BaseExportingMetricReader(_exporter));
        _provider = (string.IsNullOrEmpty(otlpEndpoint) ? builder : builder.AddOtlpExporter()).Build();
    }

    /// <summary>Answers <c>/metrics</c>.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", (RequestDelegate)(context =>
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(_exporter.Read(), context.RequestAborted);
    }));

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }
}
