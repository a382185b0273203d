using System.Globalization;

namespace ImageSearch.Cli.Output;

/// <summary>Lines of comma-separated values after RFC 4180, with <see cref="SafeText"/> in every field, so that a record is always one line.</summary>
internal static class CsvLine
{
    /// <summary>Writes one record.</summary>
    public static void Write(TextWriter writer, IEnumerable<object?> fields)
    {
        writer.Write(string.Join(',', fields.Select(Field)));
        writer.Write("\r\n");
    }

    private static string Field(object? value)
    {
        var text = SafeText.OneLine(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        return text.AsSpan().ContainsAny(",\"") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
