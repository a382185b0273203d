using System.Text.Json.Serialization;

namespace ImageSearch.Indexer.Health;

/// <summary>What <c>/health/ready</c> answers.</summary>
/// <param name="Status"><c>ready</c>, or <c>degraded</c> while a dependency is down.</param>
/// <param name="Shard">The share of each library that is worked on.</param>
/// <param name="Dependencies">Everything that the worker needs.</param>
/// <param name="Libraries">What goes on with each library.</param>
internal sealed record HealthReport(string Status, string Shard, IReadOnlyList<HealthReport.DependencyHealth> Dependencies, IReadOnlyList<HealthReport.LibraryHealth> Libraries)
{
    private const string Ready = "ready";

    /// <summary>True when nothing is down.</summary>
    [JsonIgnore]
    public bool IsReady => Status == Ready;

    /// <summary>The report of the state.</summary>
    public static HealthReport Of(WorkerState state, string shard)
    {
        var troubles = state.Troubles;
        var libraries = state.Libraries;
        var names = new[] { Dependency.Collection, Dependency.Embeddings, Dependency.Spending, Dependency.Home, Dependency.Libvips }.Concat(libraries.Keys.Select(Dependency.Library));
        return new HealthReport(
            troubles.Count == 0 ? Ready : "degraded",
            shard,
            [.. names.Select(name => DependencyHealth.Of(name, troubles.FirstOrDefault(trouble => trouble.Dependency == name)))],
            [.. libraries.Select(library => new LibraryHealth(library.Key, library.Value.Phase.ToString().ToLowerInvariant(), library.Value.Since))]);
    }

    /// <summary>A dependency.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Status"><c>up</c> or <c>down</c>; what nothing is known against is up.</param>
    /// <param name="Message">What happened, with the cure; null when up.</param>
    /// <param name="Since">When it was first found down; null when up.</param>
    /// <param name="NextTry">When it is tried again; null when up.</param>
    internal sealed record DependencyHealth(string Name, string Status, string? Message, DateTimeOffset? Since, DateTimeOffset? NextTry)
    {
        /// <summary>The health of a dependency with the trouble that there is with it.</summary>
        public static DependencyHealth Of(string name, Trouble? trouble) =>
            trouble is null ? new(name, "up", null, null, null) : new(name, "down", trouble.Message, trouble.Since, trouble.NextTry);
    }

    /// <summary>A library.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Phase">What goes on with it: <c>scanning</c>, <c>watching</c> or <c>waiting</c>.</param>
    /// <param name="Since">Since when.</param>
    internal sealed record LibraryHealth(string Name, string Phase, DateTimeOffset Since);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
