namespace ImageSearch.Server.Pictures;

/// <summary>Where a picture to search by lies.</summary>
/// <param name="Url">Its address: http or https.</param>
internal sealed record PictureAddress(string Url);
