namespace ImageSearch.Collections;

/// <summary>Fields whose values can be counted.</summary>
public enum ImageFacet
{
    /// <summary>Library names.</summary>
    Library,

    /// <summary>Folder paths; a picture counts in each folder on its way.</summary>
    Folder,

    /// <summary>Formats.</summary>
    Format,

    /// <summary>Camera names.</summary>
    Camera,

    /// <summary>Years of <see cref="ImagePayload.TakenAt"/>, four digits.</summary>
    Year,

    /// <summary>Tags.</summary>
    Tag,

    /// <summary>Names of colours that cover at least a tenth of the picture.</summary>
    Colour,

    /// <summary>Ratings.</summary>
    Rating,
}
