using Xunit;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>A fact that is looked at in Chromium; skipped, with the reason, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.ReasonToSkip;
}
