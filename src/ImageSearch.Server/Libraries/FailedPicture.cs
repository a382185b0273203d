using System.Text.Json.Serialization;
using ImageSearch.Imaging;

namespace ImageSearch.Server.Libraries;

/// <summary>A file that was refused.</summary>
/// <param name="Path">Path below the library's root.</param>
/// <param name="Reason">Why, from the closed list.</param>
/// <param name="Message">What is wrong with it, in one sentence.</param>
internal sealed record FailedPicture(string Path, [property: JsonConverter(typeof(CamelCaseName<ImageRefusal>))] ImageRefusal Reason, string Message);
