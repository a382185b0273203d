using System.Globalization;

namespace ImageSearch.Cli.Output;

/// <summary>Numbers of things as people read them.</summary>
internal static class Counted
{
    /// <summary>For example <c>1 file</c>, <c>2,300 files</c>.</summary>
    public static string Text(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
