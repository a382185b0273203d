namespace ImageSearch.Spending;

/// <summary>
/// What models on Amazon Bedrock cost in US regions, as far as it is known. Prices change and differ between regions: settings replace
/// them, and only the provider's bill is right.
/// </summary>
public static class PriceList
{
    // Amazon Bedrock offers models through profiles of regions, whose ids have the model's id behind one of these.
    private static readonly string[] Regions = ["global.", "us.", "us-gov.", "eu.", "apac.", "jp.", "au.", "ca."];

    private static readonly DateOnly LookedUp = new(2026, 11, 22);

    /// <summary>The prices that are known.</summary>
    public static IReadOnlyList<ModelPrice> All { get; } =
    [
        new("amazon.titan-embed-image-v1", 0.00006m, 0.0008m, LookedUp)
        {
            BatchShare = 0.5m,
            Source = "AWS sample of 2024-02 and the price file of LiteLLM; the half price of batch inference is not confirmed",
        },
        new("amazon.nova-2-multimodal-embeddings-v1:0", 0.00006m, 0.000135m, LookedUp) { Source = "price file of LiteLLM" },

        // Pictures are billed by their tokens, $0.47 for a million: 3,136 of 28 x 28 pixels make the largest picture that the model looks at.
        new("cohere.embed-v4:0", 0.00147392m, 0.00012m, LookedUp) { Source = "third parties; a picture is priced as the largest one, not confirmed" },

        new("anthropic.claude-haiku-4-5-20251001-v1:0", 0, 0.001m, LookedUp)
        {
            PerThousandOutputTokens = 0.005m,
            Source = "third parties; profiles of one region may cost a tenth more, not confirmed",
        },
        new("meta.llama4-maverick-17b-instruct-v1:0", 0, 0.00024m, LookedUp) { PerThousandOutputTokens = 0.00097m, Source = "third parties, for us-east-2" },
        new("mistral.pixtral-large-2502-v1:0", 0, 0.002m, LookedUp) { PerThousandOutputTokens = 0.006m, Source = "third parties" },
    ];

    /// <summary>The price of the model with this id, profile or ARN; null where it is not known, as for provisioned models, which cost by the hour.</summary>
    public static ModelPrice? Find(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var id = model[(model.LastIndexOf('/') + 1)..];
        id = id[(Regions.FirstOrDefault(region => id.StartsWith(region, StringComparison.Ordinal))?.Length ?? 0)..];
        return All.FirstOrDefault(price => price.Model == id) is { } found ? found with { Model = model } : null;
    }
}
