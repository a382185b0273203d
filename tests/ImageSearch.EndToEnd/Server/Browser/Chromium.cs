using Microsoft.Playwright;

namespace ImageSearch.EndToEnd.Server.Browser;

/// <summary>The browser that the page is looked at with.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // Nothing is fetched in the background, and a container's root may run it.
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>The program, or null where it is not installed.</summary>
    public static string? Program { get; } = Array.Find(Places, File.Exists);

    /// <summary>Why a test that needs it is skipped, or null where it is there.</summary>
    public static string? ReasonToSkip { get; } = Program is null ? "Needs Chromium; scripts/setup.sh --tests installs it on Debian." : null;

    /// <summary>Where axe-core, which judges accessibility, lies once tests/proof is installed.</summary>
    public static string AxeCore { get; } = Path.Combine(Repository.Root, "tests", "proof", "node_modules", "axe-core", "axe.min.js");

    /// <summary>Starts it without a window.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Headless = true, Args = Flags });
}
