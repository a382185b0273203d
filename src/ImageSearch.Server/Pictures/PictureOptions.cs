namespace ImageSearch.Server.Pictures;

/// <summary>What the server shows of pictures, and what it keeps of them.</summary>
internal sealed class PictureOptions
{
    /// <summary>Whether places are told and left in the pictures that are served.</summary>
    public bool ServePlaces { get; set; }

    /// <summary>Most bytes of thumbnails and other made pictures that are kept on disk.</summary>
    public long CacheBytes { get; set; } = 1L << 30;

    /// <summary>Most bytes of uploaded pictures that are kept on disk.</summary>
    public long UploadBytes { get; set; } = 1L << 30;

    /// <summary>Whether pictures are fetched from addresses that clients name.</summary>
    public bool FetchUrls { get; set; }
}
