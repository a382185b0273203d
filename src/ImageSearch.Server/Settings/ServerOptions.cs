using ImageSearch.Server.Pictures;
using ImageSearch.Server.Safety;

namespace ImageSearch.Server.Settings;

/// <summary>Everything that settings decide: the library's options and what the server does with them.</summary>
internal sealed class ServerOptions
{
    /// <summary>What the library takes.</summary>
    public ImageSearchOptions Search { get; } = new();

    /// <summary>Who may ask, and how much.</summary>
    public SafetyOptions Safety { get; } = new();

    /// <summary>What is shown of pictures, and what is kept of them.</summary>
    public PictureOptions Pictures { get; } = new();

    /// <summary>Where the page and the API are answered.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8470";

    /// <summary>Whether a model is asked where a client wants it.</summary>
    public bool Vision { get; set; }
}
