using System.Text.Json;

namespace ImageSearch.Testing.Qdrant.Filters;

/// <summary>Areas on the earth, in degrees and metres.</summary>
internal static class GeoShape
{
    private const double EarthRadiusMetres = 6371008.8;

    public static Func<JsonElement, bool> Radius(JsonElement element)
    {
        var (centreLon, centreLat) = ReadPoint(element.Need("center"));
        var metres = element.Need("radius").AsNumber();
        return value => Place(value) is var (lon, lat) && Metres(centreLon, centreLat, lon, lat) <= metres;
    }

    /// <summary>A box whose left edge is east of its right one goes over the date line.</summary>
    public static Func<JsonElement, bool> Box(JsonElement element)
    {
        var (left, top) = ReadPoint(element.Need("top_left"));
        var (right, bottom) = ReadPoint(element.Need("bottom_right"));
        return value => Place(value) is var (lon, lat)
            && lat <= top && lat >= bottom && (left <= right ? lon >= left && lon <= right : lon >= left || lon <= right);
    }

    private static (double Lon, double Lat) ReadPoint(JsonElement element)
    {
        var (lon, lat) = (element.Need("lon").AsNumber(), element.Need("lat").AsNumber());
        return lon is >= -180 and <= 180 && lat is >= -90 and <= 90
            ? (lon, lat)
            : throw QdrantRefusal.Format(
                $"Wrong format of GeoPoint payload: expected lat between -90 and 90, lon between -180 and 180, got lat {lat}, lon {lon}");
    }

    private static (double Lon, double Lat)? Place(JsonElement value) =>
        value.Find("lon") is { ValueKind: JsonValueKind.Number } lon && value.Find("lat") is { ValueKind: JsonValueKind.Number } lat
            ? (lon.GetDouble(), lat.GetDouble())
            : null;

    private static double Metres(double lon1, double lat1, double lon2, double lat2)
    {
        var (phi1, phi2) = (double.DegreesToRadians(lat1), double.DegreesToRadians(lat2));
        var halfLat = Math.Sin((phi2 - phi1) / 2);
        var halfLon = Math.Sin(double.DegreesToRadians(lon2 - lon1) / 2);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(halfLat * halfLat + Math.Cos(phi1) * Math.Cos(phi2) * halfLon * halfLon)));
    }
}
