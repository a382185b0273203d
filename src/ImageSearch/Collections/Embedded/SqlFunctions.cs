using Microsoft.Data.Sqlite;

namespace ImageSearch.Collections.Embedded;

/// <summary>What SQL cannot say by itself, as functions of a connection.</summary>
internal static class SqlFunctions
{
    /// <summary><c>great_circle(latitude, longitude, latitude, longitude)</c>: kilometres.</summary>
    public const string GreatCircle = "great_circle";

    /// <summary><c>has_phrase(payload, phrase)</c>: the folded phrase occurs in the payload's words.</summary>
    public const string HasPhrase = "has_phrase";

    /// <summary>The mean radius of the Earth, IUGG.</summary>
    private const double EarthRadius = 6371.0088;

    public static void Register(SqliteConnection connection)
    {
        connection.CreateFunction<double?, double?, double?, double?, double?>(GreatCircle, Kilometres, isDeterministic: true);
        connection.CreateFunction<byte[], string, bool>(HasPhrase, OccursInWords, isDeterministic: true);
    }

    private static double? Kilometres(double? latitude, double? longitude, double? otherLatitude, double? otherLongitude)
    {
        if (latitude is not { } φ1 || longitude is not { } λ1 || otherLatitude is not { } φ2 || otherLongitude is not { } λ2)
        {
            return null;
        }

        var halfLatitude = double.DegreesToRadians(φ2 - φ1) / 2;
        var halfLongitude = double.DegreesToRadians(λ2 - λ1) / 2;
        var haversine = Square(Math.Sin(halfLatitude))
            + (Math.Cos(double.DegreesToRadians(φ1)) * Math.Cos(double.DegreesToRadians(φ2)) * Square(Math.Sin(halfLongitude)));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    private static double Square(double value) => value * value;

    private static bool OccursInWords(byte[] payload, string phrase) =>
        PhraseMatch.Occurs(FoldedText.Of(PayloadJson.Read(payload).Words), phrase);
}
