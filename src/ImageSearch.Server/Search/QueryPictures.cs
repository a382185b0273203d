using ImageSearch.Collections;
using ImageSearch.Searching;

namespace ImageSearch.Server.Search;

/// <summary>What <c>like:</c> may name over HTTP: indexed pictures alone, by id or by place. No file is ever read.</summary>
internal static class QueryPictures
{
    private const string IdPrefix = "id:";

    /// <summary>The points that a path in a query stands for; a <see cref="QueryPictureReader"/>.</summary>
    public static Task<QueryPicture> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (path.StartsWith(IdPrefix, StringComparison.Ordinal))
        {
            return Task.FromResult(new QueryPicture(null, Guid.TryParseExact(path[IdPrefix.Length..], "D", out var id) ? [id] : []));
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return Task.FromResult(new QueryPicture(null, slash > 0 ? [PointId.Of(path[..slash], path[(slash + 1)..])] : []));
    }
}
