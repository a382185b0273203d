using System.Net;

namespace ImageSearch.Server.Safety;

/// <summary>
/// Answers only to names that are the server's own. Without this, a page anywhere could give its own name the address of this machine
/// and have the reader's browser ask here (DNS rebinding).
/// </summary>
internal sealed class HostCheck(string listen, SafetyOptions options)
{
    private readonly bool _isLoopback = ListenAddress.IsLoopback(listen);
    private readonly HashSet<string> _allowed = new(Names.Of(options.AllowedHosts), StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks every request that follows.</summary>
    public void Use(IApplicationBuilder app) => app.Use((context, next) => IsAllowed(context.Request.Host.Host)
        ? next(context)
        : Refusal.WriteAsync(
            context, StatusCodes.Status421MisdirectedRequest, "The server does not go by the name in the Host header. Ask for it by its address, or add the name to Server:AllowedHosts."));

    /// <summary>Whether it goes by that name.</summary>
    internal bool IsAllowed(string host) =>
        _allowed.Contains(host) || (_isLoopback ? IsThisMachine(host) : _allowed.Count == 0);

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
