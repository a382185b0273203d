using System.Globalization;

namespace ImageSearch.Collections.Embedded;

/// <summary>Counts the values of a field among the points that pass a filter.</summary>
internal static class FacetCounting
{
    /// <summary>The smallest share of a colour that counts.</summary>
    private const float LeastShare = 0.1f;

    public static IReadOnlyList<FacetCount> Count(ReadSession session, ImageFacet facet, ImageFilter filter, int limit)
    {
        var sql = FilterTranslation.Of(filter);
        var counts = facet switch
        {
            ImageFacet.Library => Terms(session, "library", sql),
            ImageFacet.Format => Terms(session, "format", sql),
            ImageFacet.Camera => Terms(session, "camera", sql),
            ImageFacet.Folder => OnTheWay(Terms(session, "folder", sql)),
            ImageFacet.Year => Numbers(session, "year", sql, "D4"),
            ImageFacet.Rating => Numbers(session, "rating", sql, "D"),
            ImageFacet.Tag => Lists(session, "tags", sql),
            ImageFacet.Colour => Lists(session, "colours", sql),
            _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, null),
        };
        return [.. counts.OrderByDescending(count => count.Count).ThenBy(count => count.Value, StringComparer.Ordinal).Take(limit)];
    }

    private static List<FacetCount> Terms(ReadSession session, string column, FilterSql filter)
    {
        using var counts = session.Prepare(
            $"SELECT (SELECT value FROM terms WHERE number = f.{column}), count(*) FROM facts f WHERE f.{column} IS NOT NULL AND {filter.Where} GROUP BY f.{column}");
        var found = new List<FacetCount>();
        counts.Bind(filter);
        while (counts.Step())
        {
            found.Add(new FacetCount(counts.Text(0), counts.Int64(1)));
        }

        return found;
    }

    private static List<FacetCount> Numbers(ReadSession session, string column, FilterSql filter, string format)
    {
        using var counts = session.Prepare(
            $"SELECT f.{column}, count(*) FROM facts f WHERE f.{column} IS NOT NULL AND {filter.Where} GROUP BY f.{column}");
        var found = new List<FacetCount>();
        counts.Bind(filter);
        while (counts.Step())
        {
            found.Add(new FacetCount(counts.Int64(0).ToString(format, CultureInfo.InvariantCulture), counts.Int64(1)));
        }

        return found;
    }

    private static IEnumerable<FacetCount> OnTheWay(List<FacetCount> folders)
    {
        var counts = new Dictionary<string, (string Value, long Count)>();
        foreach (var folder in folders.Where(folder => folder.Value.Length > 0))
        {
            for (var end = folder.Value.IndexOf('/'); ; end = folder.Value.IndexOf('/', end + 1))
            {
                var value = end < 0 ? folder.Value : folder.Value[..end];
                var known = counts.GetValueOrDefault(FoldedText.Of(value), (value, 0));
                counts[FoldedText.Of(value)] = (known.Item1, known.Item2 + folder.Count);
                if (end < 0)
                {
                    break;
                }
            }
        }

        return counts.Values.Select(count => new FacetCount(count.Value, count.Count));
    }

    private static List<FacetCount> Lists(ReadSession session, string column, FilterSql filter)
    {
        var counts = new Dictionary<long, long>();
        using (var lists = session.Prepare($"SELECT f.{column} FROM facts f WHERE {filter.Where}"))
        {
            lists.Bind(filter);
            while (lists.Step())
            {
                Tally(lists.Text(0), counts);
            }
        }

        using var value = session.Prepare("SELECT value FROM terms WHERE number = ?1");
        var found = new List<FacetCount>(counts.Count);
        foreach (var (number, count) in counts)
        {
            _ = value.Bind(1, number).Step();
            found.Add(new FacetCount(value.Text(0), count));
            value.Reset();
        }

        return found;
    }

    private static void Tally(ReadOnlySpan<char> list, Dictionary<long, long> counts)
    {
        foreach (var range in list.Split(','))
        {
            var entry = list[range];
            var colon = entry.IndexOf(':');
            if (entry.IsEmpty || (colon >= 0 && float.Parse(entry[(colon + 1)..], CultureInfo.InvariantCulture) < LeastShare))
            {
                continue;
            }

            var number = long.Parse(colon < 0 ? entry : entry[..colon], CultureInfo.InvariantCulture);
            counts[number] = counts.GetValueOrDefault(number) + 1;
        }
    }
}
