namespace ImageSearch.Imaging;

/// <summary>Whether a format can be decoded on this machine.</summary>
/// <param name="Format">The format.</param>
/// <param name="IsDecoded">True when a picture of this format was decoded when it was tried.</param>
public readonly record struct ImageFormatSupport(ImageFormat Format, bool IsDecoded);
