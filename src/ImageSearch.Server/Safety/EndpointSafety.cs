using Microsoft.AspNetCore.Http.Timeouts;

namespace ImageSearch.Server.Safety;

/// <summary>What endpoints say of themselves. Without a word, one asks for a key to read, counts as work and ends by the deadline.</summary>
internal static class EndpointSafety
{
    private static readonly TimeSpan TransferTime = TimeSpan.FromMinutes(5);

    /// <summary>It changes what is indexed.</summary>
    public static TBuilder NeedsWrite<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Asks(Access.Write));

    /// <summary>It asks for no key.</summary>
    public static TBuilder NeedsNoKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Asks(Access.Nothing));

    /// <summary>It is answered also where all else is sent away.</summary>
    public static TBuilder IsFree<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Costs(Load.Free));

    /// <summary>Its bytes come or go as fast as the other side takes them.</summary>
    public static TBuilder Transfers<TBuilder>(this TBuilder endpoint, TimeSpan? limit = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Costs(Load.Transfer), Deadline.Of(limit ?? TransferTime));

    /// <summary>It goes on until the client leaves.</summary>
    public static TBuilder Streams<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Costs(Load.Stream), new DisableRequestTimeoutAttribute());

    /// <summary>It waits for a model, for as long as that may take by its own settings.</summary>
    public static TBuilder WaitsForModel<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Costs(Load.Model), new DisableRequestTimeoutAttribute());

    /// <summary>What a request asks for; where it goes to no endpoint, nothing.</summary>
    public static Access NeededAccess(this HttpContext context) =>
        context.GetEndpoint() is { } endpoint ? endpoint.Metadata.GetMetadata<Asks>()?.Access ?? Access.Read : Access.Nothing;

    /// <summary>What a request costs.</summary>
    public static Load Cost(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Costs>()?.Load ?? Load.Work;

    private sealed record Asks(Access Access);

    private sealed record Costs(Load Load);
}
