using System.Text.Json.Serialization;

namespace ImageSearch.Indexing;

/// <summary>What <c>library.json</c> holds.</summary>
internal sealed record LibraryFile(int Format, string Name, string Root)
{
    public const int CurrentFormat = 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(LibraryFile))]
internal sealed partial class LibraryFileJson : JsonSerializerContext;
