using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ImageSearch.Metrics;

/// <summary>
/// Collects what the library measures (meter <c>ImageSearch</c>), the runtime, what was spent and which dependencies are away; gives it out as text, and
/// sends it where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, if it does.
/// </summary>
public sealed class ProgramMetrics : IDisposable
{
    private const string MeterName = "ImageSearch";

    private readonly Meter _meter = new(MeterName);
    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _provider;

    /// <summary>Collects from now on.</summary>
    /// <param name="program">Name of the program.</param>
    /// <param name="attributes">What tells this one from others of that name.</param>
    /// <param name="meters">Meters of the program's own framework.</param>
    /// <param name="home">The home folder, which knows what was spent.</param>
    /// <param name="away">Names of the dependencies that are away at the moment.</param>
    /// <param name="otlpEndpoint">Where metrics are sent; null or empty for nowhere.</param>
    public ProgramMetrics(
        string program, IEnumerable<KeyValuePair<string, object>> attributes, string[] meters, ImageSearchHome home, Func<IEnumerable<string>> away, string? otlpEndpoint)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(away);
        _ = _meter.CreateObservableCounter(
            "imagesearch.spent",
            () => home.SpentByModel().Select(spend => new Measurement<double>((double)(spend.Dollars - spend.Unsettled), new KeyValuePair<string, object?>("model", spend.Model))),
            "USD",
            "US dollars spent by all programs of the home folder, by model; what is under way is not in it.");
        _ = _meter.CreateObservableGauge(
            "imagesearch.dependency.away",
            () => away().Distinct().Select(name => new Measurement<int>(1, new KeyValuePair<string, object?>("dependency", name))),
            unit: null,
            "1 for each dependency of the program that is away.");
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(program).AddAttributes(attributes))
            .AddMeter([MeterName, "System.Runtime", .. meters])
            .AddReader(new BaseExportingMetricReader(_exporter));
        _provider = (string.IsNullOrEmpty(otlpEndpoint) ? builder : builder.AddOtlpExporter()).Build();
    }

    /// <summary>Answers <c>/metrics</c>.</summary>
    public IEndpointConventionBuilder Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", (RequestDelegate)(context =>
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
