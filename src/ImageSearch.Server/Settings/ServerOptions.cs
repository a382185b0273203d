namespace ImageSearch.Server.Settings;

/// <summary>Everything that settings decide: the library's options and what the server does with them.</summary>
internal sealed class ServerOptions
{
    /// <summary>What the library takes.</summary>
    public ImageSearchOptions Search { get; } = new();

    /// <summary>Where the page and the API are answered.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8470";
}
