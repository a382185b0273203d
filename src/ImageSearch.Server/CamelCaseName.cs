using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Server;

/// <summary>A choice as its name in camel case.</summary>
internal sealed class CamelCaseName<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
