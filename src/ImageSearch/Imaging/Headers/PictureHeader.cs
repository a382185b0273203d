namespace ImageSearch.Imaging.Headers;

/// <summary>What a header says before limits are checked: sizes as stored, orientation not yet applied.</summary>
/// <param name="Format">The format by magic bytes.</param>
/// <param name="Width">Stored width in pixels.</param>
/// <param name="Height">Stored height in pixels.</param>
/// <param name="Orientation">EXIF orientation 1 to 8 that the decoder does not apply by itself.</param>
/// <param name="IsDecodedWhole">True when all pixels are held at once while decoding.</param>
internal readonly record struct PictureHeader(ImageFormat Format, long Width, long Height, int Orientation, bool IsDecodedWhole);
