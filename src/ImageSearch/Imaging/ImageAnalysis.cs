namespace ImageSearch.Imaging;

/// <summary>What looking at a picture once gives: a small copy, its colours and its perceptual hash.</summary>
/// <param name="Info">What the header says.</param>
/// <param name="Small">The picture upright, fitted within 320 x 320 pixels.</param>
/// <param name="Colours">Named colours, largest share first.</param>
/// <param name="PerceptualHash">64 bits; pictures within 8 bits of each other look the same.</param>
public sealed record ImageAnalysis(
    ImageInfo Info, ImagePixels Small, IReadOnlyList<DominantColour> Colours, ulong PerceptualHash);
