using System.Globalization;

namespace ImageSearch.Cli.Output;

/// <summary>Sizes as people read them.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>For example <c>812 B</c>, <c>4.2 MB</c>: units of 1,024, three digits at most.</summary>
    public static string Text(long bytes)
    {
        var unit = 0;
        var size = (double)bytes;
        while (size >= 999.5 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        var digits = unit == 0 || size >= 99.95 ? "0" : "0.0";
        return $"{size.ToString(digits, CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
