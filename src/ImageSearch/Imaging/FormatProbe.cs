using ImageSearch.Imaging.Native;

namespace ImageSearch.Imaging;

/// <summary>
/// Tries formats out. A loader for HEIF exists also where the codecs do not, so a picture of each is decoded; for the other formats
/// the loader is the codec.
/// </summary>
internal static unsafe class FormatProbe
{
    // Black squares of 16 x 16 pixels, written by heifsave.
    private const string TinyHeic =
        "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQA" +
        "AAAAABAAEAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAIgACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZj" +
        "MQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAe" +
        "ugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFluqumubgQEDAgAAAAwCAAAADAIQiAAEABkQBwXPBiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAA" +
        "EAAAABAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAACptZGF0AAAAHigBrwQSEkzg+ARO" +
        "Y/7pVFUBIKzotHShyJcQk7tqwA==";

    private const string TinyAvif =
        "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAAImlsb2MA" +
        "AAAAREAAAQABAAAAAAEOAAEAAAAAAAAAGQAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAA" +
        "AAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAQAAAAEAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAACFtZGF0EgAKCRgM//kgQEDQgDIKHkAA" +
        "AEAAAKmOgQ==";

    internal static bool Decodes(ImageFormat format) => format switch
    {
        ImageFormat.Bmp => true,
        ImageFormat.Heic => Decodes(format, Convert.FromBase64String(TinyHeic)),
        ImageFormat.Avif => Decodes(format, Convert.FromBase64String(TinyAvif)),
        _ => VipsOperation.Exists(UprightImage.LoaderOf(format)),
    };

    private static bool Decodes(ImageFormat format, byte[] picture)
    {
        fixed (byte* pinned = picture)
        {
            try
            {
                using var image = VipsImage.Open(UprightImage.LoaderOf(format), pinned, picture.Length, "");
                using var decoded = image.CopyToMemory();
                return true;
            }
            catch (VipsException)
            {
                return false;
            }
        }
    }
}
