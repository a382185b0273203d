namespace ImageSearch.Collections;

/// <summary>A named colour of a picture and its share of the area, 0…1.</summary>
public readonly record struct ColourShare(string Name, float Share);
