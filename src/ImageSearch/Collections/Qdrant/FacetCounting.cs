using System.Globalization;
using System.Text.Json;

namespace ImageSearch.Collections.Qdrant;

/// <summary>Counts the values of a field: by the server where it can apply the whole filter, else over what passes.</summary>
internal static class FacetCounting
{
    public static async Task<IReadOnlyList<FacetCount>> CountAsync(QdrantSession session, ImageFacet facet, ImageFilter filter, int limit, CancellationToken cancellationToken)
    {
        var possible = await session.TranslateAsync(filter, cancellationToken);
        if (possible.IsEmpty)
        {
            return [];
        }

        var tally = new Dictionary<string, (string Value, long Count)>();
        if (possible.IsExact)
        {
            foreach (var hit in await session.FacetAsync(FieldOf(facet), possible.Filter, cancellationToken))
            {
                Add(tally, TextOf(facet, hit.Value), hit.Count);
            }
        }
        else
        {
            await foreach (var point in session.ListAsync(filter, possible, cancellationToken))
            {
                foreach (var value in ValuesOf(facet, point.Payload).DistinctBy(FoldedText.Of))
                {
                    Add(tally, value, 1);
                }
            }
        }

        return [.. tally.Values.Select(value => new FacetCount(value.Value, value.Count)).OrderByDescending(count => count.Count).ThenBy(count => count.Value, StringComparer.Ordinal).Take(limit)];
    }

    private static void Add(Dictionary<string, (string Value, long Count)> tally, string value, long count)
    {
        var known = tally.GetValueOrDefault(FoldedText.Of(value), (value, 0));
        tally[FoldedText.Of(value)] = (known.Item1, known.Item2 + count);
    }

    private static string FieldOf(ImageFacet facet) => facet switch
    {
        ImageFacet.Library => PointFields.Library,
        ImageFacet.Folder => PointFields.FacetFolders,
        ImageFacet.Format => PointFields.Format,
        ImageFacet.Camera => PointFields.Camera,
        ImageFacet.Year => PointFields.FacetYear,
        ImageFacet.Tag => PointFields.FacetTags,
        ImageFacet.Colour => PointFields.FacetColours,
        ImageFacet.Rating => PointFields.Rating,
        _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, null),
    };

    private static string TextOf(ImageFacet facet, JsonElement value) => facet == ImageFacet.Year ? YearOf(value.GetInt32()) : value.ToString();

    private static IEnumerable<string> ValuesOf(ImageFacet facet, ImagePayload payload) => facet switch
    {
        ImageFacet.Library => [payload.Library],
        ImageFacet.Folder => PointEncoding.FoldersOf(payload.Path),
        ImageFacet.Format => [payload.Format],
        ImageFacet.Camera => payload.Camera is { } camera ? [camera] : [],
        ImageFacet.Year => payload.TakenAt is { } taken ? [YearOf(taken.Year)] : [],
        ImageFacet.Tag => payload.Tags,
        ImageFacet.Colour => payload.Colours.Where(colour => colour.Share >= PointEncoding.LeastShare).Select(colour => colour.Name),
        ImageFacet.Rating => payload.Rating is { } rating ? [rating.ToString(CultureInfo.InvariantCulture)] : [],
        _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, null),
    };

    private static string YearOf(int year) => year.ToString("D4", CultureInfo.InvariantCulture);
}
