using ImageSearch.Imaging;

namespace ImageSearch.Searching;

/// <summary>The filters of the query language, described for people.</summary>
public static class QueryFilters
{
    private const int LongestKey = 12;

    private const string Text = "text; in quotes when it holds spaces or commas";
    private const string Date = "a year, month, day or time: 2024, 2024-05, 2024-05-31, 2024-05-31T14:30";
    private const string Pixels = "pixels: 2000, >=2000, <2000, 1000..2000";

    /// <summary>Every filter, in the order in which people look for them. Commas between values mean "or"; a minus in front means "not".</summary>
    public static IReadOnlyList<QueryFilterDescription> All { get; } =
    [
        new("path", "The path below the library's root contains the text or matches the pattern.", "text, or a pattern with * and ?", ["path:rome", "path:2024/*/img_*.jpg"]),
        new("folder", "The picture lies in the folder, at any depth.", "a path below the root, or one folder's name anywhere", ["folder:2024/rome", "folder:\"summer 2024\""]),
        new("library", "The picture belongs to the library.", "the library's name", ["library:photos"]),
        new("type", "The format of the file.", string.Join(", ", FilterValues.Formats), ["type:jpg,png", "-type:gif"]),
        new("after", "Taken at the start of the period or later.", Date, ["after:2024", "after:2024-05"]),
        new("before", "Taken before the start of the period.", Date, ["before:2024-05-31"]),
        new("taken", "Taken within the period, or from the first to the end of the second.", Date + ", a..b", ["taken:2024-05", "taken:2023..2024-06"]),
        new("camera", "The camera's or the lens's name contains the text.", Text, ["camera:canon", "camera:\"EOS R5\""]),
        new("near", "Taken within so many kilometres of a place; 10 where no distance is said.", "latitude,longitude,kilometres", ["near:41.89,12.49,5"]),
        new("width", "The width of the picture as a person sees it.", Pixels, ["width:>=2000"]),
        new("height", "The height of the picture as a person sees it.", Pixels, ["height:1000..2000"]),
        new("colour", "The colour covers at least a tenth of the picture; 'color' is understood too.", string.Join(", ", DominantColours.Names), ["colour:red,orange"]),
        new("tag", "One of the embedded keywords or tags is the text.", Text, ["tag:family"]),
        new("rating", "The stars given to the picture.", "0 to 5: 4, >=4, 3..5", ["rating:>=4", "rating:4..5"]),
        new("like", "Ranks by similarity to a picture, which is left out of the hits; may carry a weight.", "the path of a picture", ["like:rome.jpg", "0.5:like:rome.jpg"]),
        new("sort", "The order of the hits; by date, the most relevant ones are ordered by the time they were taken; diverse, each is unlike those before it.", "relevance, date (newest first), date-asc (oldest first), diverse", ["sort:date", "sort:diverse"]),
        new("group", "At most so many hits of each folder, day or camera, 1 where no number is said.", "folder, day or camera, and a number", ["group:day", "group:folder,3"]),
    ];

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["album"] = "folder",
        ["date"] = "taken",
        ["dir"] = "folder",
        ["directory"] = "folder",
        ["diverse"] = "sort",
        ["ext"] = "type",
        ["filename"] = "path",
        ["format"] = "type",
        ["from"] = "after",
        ["gps"] = "near",
        ["keyword"] = "tag",
        ["keywords"] = "tag",
        ["lens"] = "camera",
        ["order"] = "sort",
        ["similar"] = "like",
        ["since"] = "after",
        ["stars"] = "rating",
        ["until"] = "before",
        ["year"] = "taken",
    };

    internal static bool IsKnown(string key) => key == "color" || All.Any(filter => filter.Key == key);

    /// <summary>The key that was probably meant, or null where the text is more likely a word with a colon in it.</summary>
    internal static string? Nearest(string key) =>
        Synonyms.GetValueOrDefault(key)
        ?? (key.Length is < 3 or > LongestKey
            ? null
            : All.Select(filter => filter.Key).FirstOrDefault(known => Distance(key, known) <= (known.Length < 6 ? 1 : 2)));

    /// <summary>Insertions, deletions and replacements that lead from one to the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
