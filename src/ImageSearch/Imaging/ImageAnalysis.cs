namespace ImageSearch.Imaging;

/// <summary>What looking at a picture once gives: a small copy, its colours and its perceptual hash.</summary>
/// <param name="Info">What the header says.</param>
/// <param name="Small">
/// The picture upright: of most JPEGs from 512 pixels a side on an eighth, which is had without decoding them; of all others fitted within
/// 160 x 160 pixels.
/// </param>
/// <param name="Colours">Named colours, largest share first.</param>
/// <param name="PerceptualHash">64 bits; pictures within 8 bits of each other look the same.</param>
public sealed record ImageAnalysis(
    ImageInfo Info, ImagePixels Small, IReadOnlyList<DominantColour> Colours, ulong PerceptualHash);
