namespace ImageSearch.Server.Safety;

/// <summary>Who may ask, and how much.</summary>
internal sealed class SafetyOptions
{
    /// <summary>Keys to search and look, with commas between them. A secret.</summary>
    public string? ReadKey { get; set; }

    /// <summary>File with such keys, one a line.</summary>
    public string? ReadKeyFile { get; set; }

    /// <summary>Keys to do everything, with commas between them. A secret.</summary>
    public string? WriteKey { get; set; }

    /// <summary>File with such keys, one a line.</summary>
    public string? WriteKeyFile { get; set; }

    /// <summary>What those may do who give no key.</summary>
    public AnonymousAccess Anonymous { get; set; }

    /// <summary>Names by which clients may ask for the server, with commas between them; null for this machine's own where only it can connect, and any elsewhere.</summary>
    public string? AllowedHosts { get; set; }

    /// <summary>Origins of other pages that may use the API, with commas between them; null for none.</summary>
    public string? AllowedOrigins { get; set; }

    /// <summary>Addresses and networks of proxies whose word counts for who a client is, with commas between them; null for none.</summary>
    public string? TrustedProxies { get; set; }

    /// <summary>Most requests a second of one client.</summary>
    public int RequestsPerSecond { get; set; } = 2_000;

    /// <summary>Most requests that are worked on at once.</summary>
    public int RequestsAtOnce { get; set; } = Math.Max(8, 4 * Environment.ProcessorCount);

    /// <summary>Longest time for a request.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(15);
}
