using System.ComponentModel;
using System.Diagnostics;

namespace ImageSearch.Cli.Serving;

/// <summary>The browser of whoever sits in front of this machine.</summary>
internal static class Browser
{
    /// <summary>Whether a page can be shown: output goes to a terminal, and there is a display.</summary>
    public static bool IsThere(Shell shell) => shell.Terminal.OutIsTerminal
        && (!OperatingSystem.IsLinux() || shell.Environment.ContainsKey("DISPLAY") || shell.Environment.ContainsKey("WAYLAND_DISPLAY"));

    /// <summary>Opens a page; false where that cannot be done.</summary>
    public static bool TryOpen(string address)
    {
        try
        {
            using var opening = OperatingSystem.IsWindows() ? Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })
                : Process.Start(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address]);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
