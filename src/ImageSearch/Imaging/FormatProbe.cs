using ImageSearch.Imaging.Native;

namespace ImageSearch.Imaging;

/// <summary>
/// Tries formats out. A loader for HEIF exists also where the codecs do not, so a picture of each is decoded; for the other formats
/// the loader is the codec.
/// </summary>
internal static class FormatProbe
{
    internal static bool Decodes(ImageFormat format) => format switch
    {
        ImageFormat.Bmp => true,
        _ => VipsOperation.Exists(UprightImage.LoaderOf(format)),
    };
}
