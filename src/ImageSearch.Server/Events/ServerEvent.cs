using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImageSearch.Server.Events;

/// <summary>What those who listen are told.</summary>
/// <param name="Name">The name of the event.</param>
/// <param name="Json">What it carries, on one line.</param>
internal sealed record ServerEvent(string Name, string Json)
{
    /// <summary>An event that carries a value.</summary>
    public static ServerEvent Of<T>(string name, T value, JsonTypeInfo<T> type) => new(name, JsonSerializer.Serialize(value, type));
}
