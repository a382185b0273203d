using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ImageSearch.EndToEnd.Server;

/// <summary>An endpoint of nothing but what is said of it.</summary>
internal sealed class TestEndpoint : IEndpointConventionBuilder
{
    private readonly RouteEndpointBuilder _builder = new(_ => Task.CompletedTask, RoutePatternFactory.Parse("/"), order: 0);

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => convention(_builder);

    /// <summary>The endpoint.</summary>
    public Endpoint Build() => _builder.Build();
}
