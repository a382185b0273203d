using Xunit;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>A theory that axe-core judges in Chromium; skipped, with the reason, where one of them is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AxeTheoryAttribute : TheoryAttribute
{
    public AxeTheoryAttribute() => Skip = Chromium.ReasonToSkip
        ?? (File.Exists(Chromium.AxeCore) ? null : "Needs axe-core; scripts/setup.sh --tests installs it with npm below tests/proof.");
}
