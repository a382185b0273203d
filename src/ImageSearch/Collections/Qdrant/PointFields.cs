using ImageSearch.Qdrant.Model;

namespace ImageSearch.Collections.Qdrant;

/// <summary>
/// The vectors and payload fields of a point in Qdrant. A payload is the picture's facts as <see cref="PayloadJson"/> writes them, and
/// beside them an object <c>index</c> that holds what filters and facets ask for in the form that Qdrant can compare.
/// </summary>
internal static class PointFields
{
    /// <summary>The dense vector: the picture.</summary>
    public const string Picture = "picture";

    /// <summary>The sparse vector: the words by which the picture is found.</summary>
    public const string Words = "words";

    /// <summary>The object that is ours and no fact of the picture.</summary>
    public const string Index = "index";

    public const string Content = "sha256";
    public const string Width = "width";
    public const string Height = "height";
    public const string Rating = "rating";
    public const string TakenAt = "takenAt";
    public const string Latitude = "latitude";

    /// <summary>Facts in the spelling that facets show.</summary>
    public const string Library = "library";

    /// <summary>See <see cref="Library"/>.</summary>
    public const string Camera = "camera";

    /// <summary>Keywords without case; see <see cref="Keyword"/>.</summary>
    public const string FoldedLibrary = "index.library";
    public const string FoldedFolders = "index.folders";
    public const string FolderNames = "index.folderNames";
    public const string Format = "index.format";
    public const string FoldedCamera = "index.camera";
    public const string FoldedLens = "index.lens";
    public const string FoldedTags = "index.tags";

    /// <summary>Objects of <c>name</c> and <c>share</c>.</summary>
    public const string Colours = "index.colours";

    public const string Place = "index.place";

    /// <summary>Tokens of <see cref="WordTokenizer"/>, in their order.</summary>
    public const string Terms = "index.terms";

    /// <summary>The characters of the words that are no part of a word; see <see cref="TextSigns"/>.</summary>
    public const string Signs = "index.signs";

    /// <summary>Pieces of the path; see <see cref="PathPieces"/>.</summary>
    public const string Path = "index.path";

    public const string FacetFolders = "index.facets.folders";
    public const string FacetTags = "index.facets.tags";
    public const string FacetColours = "index.facets.colours";
    public const string FacetYear = "index.facets.year";

    private const string ColourName = "index.colours[].name";
    private const string ColourShare = "index.colours[].share";

    private static readonly PayloadIndexParams Keyword = new("keyword");
    private static readonly PayloadIndexParams Integer = new("integer");

    // Fields that no search is narrowed by need no edges in the graph.
    private static readonly PayloadIndexParams Facet = new("keyword", EnableHnsw: false);
    private static readonly PayloadIndexParams Tokens = new("text", Tokenizer: "whitespace", Lowercase: false, EnableHnsw: false);

    /// <summary>Every field that is filtered or counted by; a server in strict mode refuses any other.</summary>
    public static IReadOnlyList<(string Field, PayloadIndexParams Schema)> Indexes { get; } =
    [
        (Content, Keyword with { EnableHnsw = false }),
        (Width, Integer),
        (Height, Integer),
        (Rating, Integer),
        (TakenAt, new("datetime")),
        (Latitude, new("float")),
        (Library, Facet),
        (Camera, Facet),
        (FoldedLibrary, Keyword),
        (FoldedFolders, Keyword),
        (FolderNames, Keyword),
        (Format, Keyword),
        (FoldedCamera, Keyword),
        (FoldedLens, Keyword),
        (FoldedTags, Keyword),
        (ColourName, Keyword),
        (ColourShare, new("float")),
        (Place, new("geo")),
        (Terms, Tokens with { PhraseMatching = true }),
        (Signs, Tokens),
        (Path, Tokens),
        (FacetFolders, Facet),
        (FacetTags, Facet),
        (FacetColours, Facet),
        (FacetYear, Integer with { EnableHnsw = false }),
    ];
}
