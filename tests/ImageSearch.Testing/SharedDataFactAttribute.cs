using Xunit;

namespace ImageSearch.Testing;

/// <summary>A fact about the corpora in <c>../shared/data</c>; skipped, with the reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <param name="subfolder">The folder below <c>../shared/data</c> that the test needs, or null for any.</param>
    public SharedDataFactAttribute(string? subfolder = null) => Skip = SharedData.ReasonToSkip(subfolder);
}
