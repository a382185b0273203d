namespace ImageSearch.Cli.Output;

/// <summary>A table of facts, printed in any <see cref="OutputFormat"/>.</summary>
/// <param name="Columns">The columns, left to right.</param>
/// <param name="Rows">Cells by column: text, whole number, fraction, US dollars (decimal), truth value or null.</param>
internal sealed record Listing(IReadOnlyList<ListingColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
