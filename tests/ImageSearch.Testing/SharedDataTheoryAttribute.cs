using Xunit;

namespace ImageSearch.Testing;

/// <summary>A theory about the corpora in <c>../shared/data</c>; skipped, with the reason, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    /// <param name="subfolder">The folder below <c>../shared/data</c> that the test needs, or null for any.</param>
    public SharedDataTheoryAttribute(string? subfolder = null) => Skip = SharedData.ReasonToSkip(subfolder);
}
