using ImageSearch.Collections;
using ImageSearch.Searching;
using ImageSearch.Server.Pictures;

namespace ImageSearch.Server.Search;

/// <summary>What <c>like:</c> may name over HTTP: indexed pictures, by id or by place, and uploaded ones. No other file is ever read.</summary>
internal sealed class QueryPictures(UploadedPictures uploads)
{
    private const string IdPrefix = "id:";
    private const string UploadPrefix = "upload:";

    /// <summary>The points that a path in a query stands for; a <see cref="QueryPictureReader"/>.</summary>
    public async Task<QueryPicture> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (path.StartsWith(UploadPrefix, StringComparison.Ordinal))
        {
            return new QueryPicture(await uploads.ReadAsync(path[UploadPrefix.Length..], cancellationToken), []);
        }

        if (path.StartsWith(IdPrefix, StringComparison.Ordinal))
        {
            return new QueryPicture(null, Guid.TryParseExact(path[IdPrefix.Length..], "D", out var id) ? [id] : []);
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return new QueryPicture(null, slash > 0 ? [PointId.Of(path[..slash], path[(slash + 1)..])] : []);
    }
}
