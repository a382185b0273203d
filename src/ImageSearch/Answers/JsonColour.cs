namespace ImageSearch.Answers;

/// <summary>A named colour of a picture.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Its share of the picture, 0…1.</param>
public sealed record JsonColour(string Name, double Share);
