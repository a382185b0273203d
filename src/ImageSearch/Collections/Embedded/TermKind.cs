namespace ImageSearch.Collections.Embedded;

/// <summary>What a row of <c>terms</c> is a value of. The numbers are stored.</summary>
internal enum TermKind
{
    Library = 1,
    Folder = 2,
    Format = 3,
    Camera = 4,
    Lens = 5,
    Tag = 6,
    Colour = 7,
}
