using System.Globalization;

namespace ImageSearch.Imaging.Native;

/// <summary>The one command that installs libvips on an operating system.</summary>
internal static class InstallAdvice
{
    private const string OsRelease = "/etc/os-release";

    internal static string ForThisSystem()
    {
        if (OperatingSystem.IsWindows())
        {
            return "Install it with: npm install --prefix native @img/sharp-libvips-win32-x64";
        }

        if (OperatingSystem.IsMacOS())
        {
            return "Install it with: brew install vips";
        }

        return ForLinux(File.Exists(OsRelease) ? File.ReadAllText(OsRelease) : "");
    }

    /// <param name="osRelease">The text of <c>/etc/os-release</c>.</param>
    internal static string ForLinux(string osRelease)
    {
        var fields = osRelease.Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim(), parts => parts[1].Trim().Trim('"'))
            .ToDictionary(group => group.Key, group => group.First());
        var id = fields.GetValueOrDefault("ID", "");
        var like = $" {id} {fields.GetValueOrDefault("ID_LIKE", "")} ";
        _ = double.TryParse(fields.GetValueOrDefault("VERSION_ID", ""), CultureInfo.InvariantCulture, out var version);
        var command = id switch
        {
            "ubuntu" when version >= 24 => "apt-get install -y --no-install-recommends libvips42t64 libheif-plugin-libde265",
            "debian" when version >= 13 => "apt-get install -y --no-install-recommends libvips42t64",
            "alpine" => "apk add vips vips-heif",
            _ when like.Contains(" debian ") || like.Contains(" ubuntu ") => "apt-get install -y --no-install-recommends libvips42",
            _ when like.Contains(" fedora ") || like.Contains(" rhel ") => "dnf install -y vips",
            _ => "npm install --prefix native @img/sharp-libvips-linux-x64",
        };
        return $"Install it with: {command}";
    }
}
