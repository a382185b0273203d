namespace ImageSearch.Server.Health;

/// <summary>What <c>/health/ready</c> answers.</summary>
/// <param name="Status"><c>ready</c>; <c>degraded</c> where something is away and pictures can still be found and shown; <c>away</c> where they cannot.</param>
/// <param name="Dependencies">Everything that searches are answered with, and whatever else is away.</param>
internal sealed record HealthReport(string Status, IReadOnlyList<HealthReport.DependencyHealth> Dependencies)
{
    /// <summary>The collection, without which nothing is found.</summary>
    public const string Collection = "collection";

    private static readonly string[] Names = [Collection, "embedding", "libvips"];

    /// <summary>The report of what is away.</summary>
    public static HealthReport Of(IReadOnlyList<Trouble> troubles) => new(
        troubles.Any(trouble => trouble.Dependency == Collection) ? "away" : troubles.Count > 0 ? "degraded" : "ready",
        [.. Names.Union(troubles.Select(trouble => trouble.Dependency)).Select(name => DependencyHealth.Of(name, troubles.FirstOrDefault(trouble => trouble.Dependency == name)))]);

    /// <summary>A dependency.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Status"><c>up</c> or <c>down</c>; what nothing is known against is up.</param>
    /// <param name="Message">What happened, with the cure; null when up.</param>
    /// <param name="Since">When it was first found down; null when up.</param>
    internal sealed record DependencyHealth(string Name, string Status, string? Message, DateTimeOffset? Since)
    {
        /// <summary>The health of a dependency with the trouble that there is with it.</summary>
        public static DependencyHealth Of(string name, Trouble? trouble) =>
            trouble is null ? new(name, "up", null, null) : new(name, "down", trouble.Message, trouble.Since);
    }
}
