using System.Globalization;

namespace ImageSearch.Server.Search;

/// <summary>A picture to be similar to, or with a weight below 0 not; either indexed or uploaded.</summary>
internal sealed record LikedPicture
{
    private const double LeastWeight = 0.001;
    private const double LargestWeight = 100;

    /// <summary>The id of an indexed picture.</summary>
    public Guid? Id { get; init; }

    /// <summary>The name of an uploaded picture, as the upload gave it.</summary>
    public string? Upload { get; init; }

    /// <summary>What it counts for, −100…100 and not 0; 1 by default.</summary>
    public double? Weight { get; init; }

    /// <summary>The picture as an item of the query language.</summary>
    /// <exception cref="BadHttpRequestException">It names no picture or two, or its weight is out of range.</exception>
    public static string ToItem(LikedPicture? picture)
    {
        var weight = picture?.Weight ?? 1;
        if (Math.Abs(weight) is not (>= LeastWeight and <= LargestWeight))
        {
            throw new BadHttpRequestException(string.Create(
                CultureInfo.InvariantCulture, $"The weight of a picture is {weight}. Weights are from {LeastWeight} to {LargestWeight}, or as far below 0."));
        }

        var name = (picture?.Id, picture?.Upload) switch
        {
            ({ } id, null) => $"id:{id}",
            (null, { } upload) when IsUpload(upload) => $"upload:{upload}",
            (null, not null) => throw new BadHttpRequestException("The name of an uploaded picture is 64 hexadecimal digits in lower case. Use the one that the upload answered with."),
            _ => throw new BadHttpRequestException("Each picture in 'like' is either an 'id' or an 'upload'. Give one of the two."),
        };
        return weight == 1 ? $"like:{name}" : string.Create(CultureInfo.InvariantCulture, $"{weight:0.###}:like:{name}");
    }

    private static bool IsUpload(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
}
