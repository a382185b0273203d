using System.Text.Json.Serialization;

namespace ImageSearch.Server.Libraries;

/// <summary>How far a run of this server has come.</summary>
internal sealed record LibraryProgress
{
    /// <summary>Name of the library.</summary>
    public required string Library { get; init; }

    /// <summary>Where the run stands.</summary>
    [JsonConverter(typeof(CamelCaseName<LibraryPhase>))]
    public required LibraryPhase Phase { get; init; }

    /// <summary>Entries that the library has; absent until they are counted.</summary>
    public long? Found { get; init; }

    /// <summary>Entries that the run is done with.</summary>
    public required long Done { get; init; }

    /// <summary>Pictures of them that are in the collection.</summary>
    public required long Indexed { get; init; }

    /// <summary>Pictures of them that were refused.</summary>
    public required long Failed { get; init; }

    /// <summary>Entries a second, over the last seconds.</summary>
    public required double PerSecond { get; init; }

    /// <summary>Seconds that are left at that rate; absent where they are not known.</summary>
    public double? EtaSeconds { get; init; }

    /// <summary>US dollars spent by this server since the run began; absent where nothing costs.</summary>
    public decimal? Spent { get; init; }

    /// <summary>Why it failed; absent otherwise.</summary>
    public string? Message { get; init; }
}
