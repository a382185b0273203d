using System.Globalization;

namespace ImageSearch.Searching;

/// <summary>Groups of which an answer shows the best hits alone. Pictures that lack the fact are a group too.</summary>
/// <param name="Field">What puts hits into groups.</param>
/// <param name="Most">Most hits of each group, 1 to 100.</param>
public sealed record HitGrouping(GroupField Field, int Most = 1)
{
    /// <summary>The largest <see cref="Most"/>.</summary>
    public const int LargestMost = 100;

    /// <summary>The fields as the query language calls them, by number.</summary>
    internal static string[] Keys { get; } = [.. Enum.GetNames<GroupField>().Select(name => name.ToLowerInvariant())];

    /// <summary>The field as the query language calls it.</summary>
    internal string Key => Keys[(int)Field];

    /// <summary>
    /// So many of the best pictures, copies aside, are put into groups; the others are not in the answer. Ten times the limit of the
    /// page, and within 1,000 and 100,000: the same for every page, so that pages follow on from each other.
    /// </summary>
    internal static int Window(int limit) => Math.Clamp(10 * limit, 1_000, 100_000);

    /// <summary>The best of each group, in the order of <paramref name="pictures"/>, with what was left out of their groups.</summary>
    internal List<RankedPicture> BestOf(IEnumerable<RankedPicture> pictures)
    {
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var best = new List<(RankedPicture Picture, string Group)>();
        foreach (var picture in pictures)
        {
            var group = NameOf(picture);
            var count = groups[group] = groups.GetValueOrDefault(group) + 1;
            if (count <= Most)
            {
                best.Add((picture, group));
            }
        }

        return best.ConvertAll(hit => hit.Picture with { Group = new HitGroup(hit.Group, Math.Max(0, groups[hit.Group] - Most)) });
    }

    private string NameOf(RankedPicture picture)
    {
        var payload = picture.Point.Payload;
        return Field switch
        {
            GroupField.Folder => new PicturePath(payload.Library, payload.Path).ToString() is var path ? path[..path.LastIndexOf('/')] : "",
            GroupField.Day => payload.TakenAt?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            GroupField.Camera => payload.Camera ?? "",
            _ => throw new InvalidOperationException($"{Field} is no field to group by."),
        };
    }
}
