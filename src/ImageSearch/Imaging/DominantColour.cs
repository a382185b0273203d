namespace ImageSearch.Imaging;

/// <summary>A named colour of a picture and how much of it there is.</summary>
/// <param name="Name">One of the names of the palette, for example <c>red</c>.</param>
/// <param name="Share">Share of the picture's area, 0…1.</param>
public readonly record struct DominantColour(string Name, float Share);
