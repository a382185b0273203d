using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ImageSearch.Cli.Output;

/// <summary>Prints a <see cref="Listing"/> on stdout.</summary>
internal static class ListingWriter
{
    /// <summary>Prints it in the format; of <see cref="OutputFormat.Paths"/> only the first column is left.</summary>
    public static void Write(Terminal terminal, Listing listing, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Out.WriteLine(JsonText.Of(JsonText.Indented, json => WriteRows(json, listing)));
                break;
            case OutputFormat.Jsonl:
                foreach (var row in listing.Rows)
                {
                    terminal.Out.WriteLine(JsonText.Of(JsonText.OneLine, json => WriteRow(json, listing.Columns, row)));
                }

                break;
            case OutputFormat.Csv:
                CsvLine.Write(terminal.Out, listing.Columns.Select(column => JsonNamingPolicy.CamelCase.ConvertName(column.Name)));
                foreach (var row in listing.Rows)
                {
                    CsvLine.Write(terminal.Out, row);
                }

                break;
            case OutputFormat.Paths:
                foreach (var row in listing.Rows)
                {
                    terminal.Out.WriteLine(SafeText.OneLine(row[0] as string ?? ""));
                }

                break;
            default:
                WriteTable(terminal, listing);
                break;
        }
    }

    private static void WriteTable(Terminal terminal, Listing listing)
    {
        var table = PlainTable.Create();
        foreach (var column in listing.Columns)
        {
            var isNumber = column.Look is ColumnLook.Number or ColumnLook.Bytes;
            table.AddColumn(PlainTable.Column(column.Name, isNumber ? Justify.Right : Justify.Left, mayWrap: column.Look is ColumnLook.Text));
        }

        foreach (var row in listing.Rows)
        {
            table.AddRow(row.Select((cell, index) => new Text(SafeText.OneLine(Shown(cell, listing.Columns[index].Look)))));
        }

        PlainTable.Print(terminal, table);
    }

    private static string Shown(object? cell, ColumnLook look) => (cell, look) switch
    {
        (null, _) => "",
        (long bytes, ColumnLook.Bytes) => ByteSize.Text(bytes),
        (long number, ColumnLook.Number) => number.ToString("N0", CultureInfo.InvariantCulture),
        (double number, _) => number.ToString("0.###", CultureInfo.InvariantCulture),
        (bool isSo, _) => isSo ? "yes" : "no",
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    private static void WriteRows(Utf8JsonWriter json, Listing listing)
    {
        json.WriteStartArray();
        foreach (var row in listing.Rows)
        {
            WriteRow(json, listing.Columns, row);
        }

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<ListingColumn> columns, IReadOnlyList<object?> row)
    {
        json.WriteStartObject();
        for (var index = 0; index < columns.Count; index++)
        {
            json.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(columns[index].Name.Replace(" ", "", StringComparison.Ordinal)));
            switch (row[index])
            {
                case null: json.WriteNullValue(); break;
                case long number: json.WriteNumberValue(number); break;
                case double number: json.WriteNumberValue(number); break;
                case bool isSo: json.WriteBooleanValue(isSo); break;
                case var other: json.WriteStringValue((string)other); break;
            }
        }

        json.WriteEndObject();
    }
}
