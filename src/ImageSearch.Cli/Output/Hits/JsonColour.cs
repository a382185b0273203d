namespace ImageSearch.Cli.Output.Hits;

/// <summary>A named colour of a picture.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Its share of the picture, 0…1.</param>
internal sealed record JsonColour(string Name, double Share);
