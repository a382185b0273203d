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
        var cells = listing.Rows.Select(row => row.Select((cell, index) => SafeText.OneLine(Shown(cell, listing.Columns[index].Look))).ToList()).ToList();
        var shown = ShownColumns(listing.Columns, cells, terminal.OutWidth);
        var table = PlainTable.Create();
        foreach (var index in shown)
        {
            var column = listing.Columns[index];
            var isNumber = column.Look is ColumnLook.Number or ColumnLook.Dollars or ColumnLook.Bytes;
            table.AddColumn(PlainTable.Column(column.Name, isNumber ? Justify.Right : Justify.Left, mayWrap: column.Look is ColumnLook.Text));
        }

        foreach (var row in cells)
        {
            table.AddRow(shown.Select(index => new Text(row[index])));
        }

        PlainTable.Print(terminal, table);
    }

    /// <summary>All columns where they fit; otherwise those that are not aside.</summary>
    private static List<int> ShownColumns(IReadOnlyList<ListingColumn> columns, List<List<string>> cells, int width)
    {
        var all = Enumerable.Range(0, columns.Count).ToList();
        var needed = all.Sum(index => PlainTable.Gap + cells.Select(row => row[index].Length).Append(columns[index].Name.Length).Max());
        return needed <= width ? all : [.. all.Where(index => columns[index].Look != ColumnLook.Aside)];
    }

    private static string Shown(object? cell, ColumnLook look) => (cell, look) switch
    {
        (null, _) => "",
        (long bytes, ColumnLook.Bytes) => ByteSize.Text(bytes),
        (long number, ColumnLook.Number) => number.ToString("N0", CultureInfo.InvariantCulture),
        (decimal dollars, _) => MoneyText.Of(dollars),
        (double number, _) => number.ToString("0.###", CultureInfo.InvariantCulture),
        (bool isSo, _) => isSo ? "yes" : "no",
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    private static string JsonName(string heading) =>
        JsonNamingPolicy.CamelCase.ConvertName(string.Concat(heading.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));

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
            json.WritePropertyName(JsonName(columns[index].Name));
            switch (row[index])
            {
                case null: json.WriteNullValue(); break;
                case long number: json.WriteNumberValue(number); break;
                case double number: json.WriteNumberValue(number); break;
                case decimal dollars: json.WriteNumberValue(dollars); break;
                case bool isSo: json.WriteBooleanValue(isSo); break;
                case var other: json.WriteStringValue((string)other); break;
            }
        }

        json.WriteEndObject();
    }
}
