namespace ImageSearch.Vision;

/// <summary>What a family of models can do on Amazon Bedrock's Converse.</summary>
/// <param name="Family">Its name, in lower case.</param>
/// <param name="CanForceTool">Whether a call can insist on one tool, so that the answer keeps to its schema. Where it cannot, JSON is asked for in words and read tolerantly.</param>
/// <param name="MostPictures">Most pictures that one call is given. Bedrock takes 20 a message.</param>
/// <param name="TakesDocuments">Whether it reads PDFs.</param>
/// <param name="LongestSide">Longest side in pixels that the model looks at; larger pictures are made smaller there and cost no less.</param>
/// <param name="TokensOf">About how many tokens a picture of so many pixels (width, height) costs.</param>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html"/>
internal sealed record VisionModel(string Family, bool CanForceTool, int MostPictures, bool TakesDocuments, int LongestSide, Func<int, int, int> TokensOf)
{
    /// <summary>The model that is asked where none is chosen: it takes pictures, forced tools and streams, in every region that its profile serves.</summary>
    public const string DefaultId = "global.anthropic.claude-haiku-4-5-20251001-v1:0";

    private const int LlamaTile = 336;
    private const int LlamaTokensPerTile = 148;
    private const int PixtralPatch = 16;

    private static readonly VisionModel Claude = new("claude", true, 20, true, 1568, static (width, height) => (int)Math.Ceiling(width * (double)height / 750));

    // Llama looks at tiles, and at the whole in one more where there are several; it was tuned for few pictures at once.
    private static readonly VisionModel Llama = new("llama", false, 5, false, 4 * LlamaTile, static (width, height) =>
        ((Tiles(width, LlamaTile) * Tiles(height, LlamaTile)) is var tiles && tiles > 1 ? tiles + 1 : tiles) * LlamaTokensPerTile);

    // A token for each patch, and one at the end of each row.
    private static readonly VisionModel Pixtral = new("pixtral", false, 20, false, 1024, static (width, height) =>
        (Tiles(width, PixtralPatch) + 1) * Tiles(height, PixtralPatch));

    // Nothing is known of it: the dearest estimate, and nothing that only some models can.
    private static readonly VisionModel Unknown = new("unknown", false, 5, false, 1568, static (width, height) => (int)Math.Ceiling(width * (double)height / 250));

    private static readonly VisionModel[] Known = [Claude, Llama, Pixtral];

    /// <summary>The family of the model with this id, profile or ARN; the most modest one where the id does not tell.</summary>
    public static VisionModel Of(string modelId) =>
        Known.FirstOrDefault(model => modelId.Contains(model.Family, StringComparison.OrdinalIgnoreCase)) ?? Unknown;

    private static int Tiles(int pixels, int side) => (pixels + side - 1) / side;
}
