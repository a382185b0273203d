using Xunit;

namespace ImageSearch.Testing;

/// <summary>A fact that needs Linux's file system; skipped, with the reason, elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs FIFOs, links and byte names as Linux has them.";
}
