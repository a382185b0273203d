namespace ImageSearch.Server.Pictures;

/// <summary>A picture that was uploaded, to search by it.</summary>
/// <param name="Upload">SHA-256 of its bytes, in hexadecimal: <c>like:upload:…</c> in a query means it.</param>
/// <param name="Width">Upright width in pixels.</param>
/// <param name="Height">Upright height in pixels.</param>
/// <param name="Format">Format by its bytes, for example <c>jpeg</c>.</param>
internal sealed record UploadedPicture(string Upload, int Width, int Height, string Format);
