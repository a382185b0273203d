namespace ImageSearch.Imaging;

/// <summary>The picture formats that the house reads, decided by magic bytes and never by a file's name.</summary>
public enum ImageFormat
{
    /// <summary>JPEG (ITU-T T.81).</summary>
    Jpeg,

    /// <summary>PNG; of an APNG the default image.</summary>
    Png,

    /// <summary>GIF; of an animation the first frame.</summary>
    Gif,

    /// <summary>WebP; of an animation the first frame.</summary>
    Webp,

    /// <summary>TIFF; the first page.</summary>
    Tiff,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>HEIF with HEVC; only where the library has the decoder.</summary>
    Heic,

    /// <summary>AVIF; only where the library has the decoder.</summary>
    Avif,
}
