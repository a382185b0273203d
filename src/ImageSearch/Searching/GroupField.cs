namespace ImageSearch.Searching;

/// <summary>What puts hits into groups.</summary>
public enum GroupField
{
    /// <summary>The folder in which the picture lies itself, library by library.</summary>
    Folder,

    /// <summary>The day on which the picture was taken, by the camera's clock.</summary>
    Day,

    /// <summary>The camera's name.</summary>
    Camera,
}
