using ImageSearch.Collections;

namespace ImageSearch.Searching;

/// <summary>Lists the pictures of a query that ranks nothing.</summary>
internal static class ListedPictures
{
    private const int Growth = 4;

    /// <summary>The first pictures by time among all that pass the filter, each picture's bytes once, under the first of its copies.</summary>
    public static async Task<List<RankedPicture>> FindAsync(
        IImageCollection collection, ImageFilter filter, TimeOrder order, int wanted, CancellationToken cancellationToken)
    {
        for (long window = wanted; ; window *= Growth)
        {
            var limit = (int)Math.Min(window, int.MaxValue);
            var points = await collection.ListByTimeAsync(filter, order, limit, cancellationToken);
            List<RankedPicture> pictures =
                [.. points.DistinctBy(point => point.Payload.Sha256).Take(wanted).Select(point => new RankedPicture(point, null, []))];
            if (pictures.Count == wanted || points.Count < limit)
            {
                return pictures;
            }
        }
    }
}
