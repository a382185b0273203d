using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Answers;

namespace ImageSearch.Server.Pictures;

/// <summary>Keeps places out of everything that is sent as JSON, whoever sends it.</summary>
internal static class PlacePrivacy
{
    private static readonly string[] Places = [nameof(JsonPicture.Latitude), nameof(JsonPicture.Longitude)];

    /// <summary>From now on, pictures are written without their places.</summary>
    public static void Apply(JsonSerializerOptions options) =>
        options.TypeInfoResolver = options.TypeInfoResolver?.WithAddedModifier(static type =>
        {
            if (!type.Type.IsAssignableTo(typeof(JsonPicture)))
            {
                return;
            }

            foreach (var place in type.Properties.Where(property => Places.Contains(property.Name, StringComparer.OrdinalIgnoreCase)))
            {
                place.ShouldSerialize = static (_, _) => false;
            }
        });
}
