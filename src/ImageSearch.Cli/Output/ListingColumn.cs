namespace ImageSearch.Cli.Output;

/// <summary>A column of a <see cref="Listing"/>.</summary>
/// <param name="Name">Heading; in JSON the same in camel case.</param>
/// <param name="Look">How people see it.</param>
internal sealed record ListingColumn(string Name, ColumnLook Look = ColumnLook.Text);
