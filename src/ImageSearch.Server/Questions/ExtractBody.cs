using System.Text.Json;

namespace ImageSearch.Server.Questions;

/// <summary>What to read out of pictures.</summary>
internal sealed record ExtractBody
{
    /// <summary>The JSON schema of the value, an object; docs/vision.md lists what it may say.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>The pictures, which give one value together.</summary>
    public required IReadOnlyList<AskedPart> Pictures { get; init; }

    /// <summary>What to say beside the schema.</summary>
    public string? Instructions { get; init; }
}
