using ImageSearch.Spending;

namespace ImageSearch.Vision;

/// <summary>Which model looks at pictures, what it is shown, and what it may cost. Nothing is asked unless somebody asks for it.</summary>
public sealed record VisionOptions
{
    // What is usual, for estimates: a square of 512 pixels costs 350 tokens.
    private const int TokensOfUsualPicture = 350;
    private const int TokensAroundHits = 900;
    private const int TokensOfVerdict = 50;
    private const int TokensToCaption = 1000;
    private const int TokensOfCaption = 150;
    private const int TokensToAsk = 1900;
    private const int TokensOfAnswer = 150;

    /// <summary>A model's id, an inference profile's id or an ARN, on Amazon Bedrock.</summary>
    /// <value>The default is Claude Haiku 4.5 through its global profile.</value>
    public string Model { get; set; } = VisionModel.DefaultId;

    /// <summary>How many of the best hits a search has judged where it does not say so itself, 0 to 100.</summary>
    /// <value>The default is 0: none.</value>
    public int Judge { get; set; }

    /// <summary>Longest side in pixels of a picture that is shown to the model.</summary>
    /// <value>The default is 512.</value>
    public int PictureSide { get; set; } = 512;

    /// <summary>Most tokens that one shown picture may cost, by the estimate of the model's family; it is made smaller until it does not.</summary>
    /// <value>The default is 450.</value>
    public int PictureTokens { get; set; } = 450;

    /// <summary>The language of captions and tags, by its English name.</summary>
    /// <value>The default is <c>English</c>.</value>
    public string Language { get; set; } = "English";

    /// <summary>Longest wait for one whole verdict or description, and for the first and each further piece of the answer to a question.</summary>
    /// <value>The default is 25 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>US dollars that one question may cost.</summary>
    /// <value>The default is 0.10.</value>
    public decimal? MaxCost { get; set; } = 0.10m;

    /// <summary>US dollars that the model may cost in one day (UTC), by the ledger of this home.</summary>
    /// <value>The default is 5.</value>
    public decimal? MaxCostPerDay { get; set; } = 5m;

    /// <summary>US dollars for 1,000 tokens that are sent.</summary>
    /// <value>The default is null: the price in <see cref="PriceList"/>.</value>
    public decimal? InputPrice { get; set; }

    /// <summary>US dollars for 1,000 tokens of answers.</summary>
    /// <value>The default is null: the price in <see cref="PriceList"/>.</value>
    public decimal? OutputPrice { get; set; }

    /// <summary>Id of the guardrail that questions and answers go through.</summary>
    /// <value>The default is null: none.</value>
    public string? GuardrailId { get; set; }

    /// <summary>Version of that guardrail.</summary>
    /// <value>The default is <c>DRAFT</c>.</value>
    public string GuardrailVersion { get; set; } = "DRAFT";

    /// <summary>What the model costs; <see cref="ModelPrice.Unknown"/> where neither these options nor the list know it.</summary>
    public ModelPrice Price
    {
        get
        {
            var known = PriceList.Find(Model);
            return InputPrice is null && OutputPrice is null
                ? known ?? ModelPrice.Unknown(Model)
                : (known ?? new ModelPrice(Model, 0, 0, default)) with
                {
                    PerThousandInputTokens = InputPrice ?? known?.PerThousandInputTokens ?? 0,
                    PerThousandOutputTokens = OutputPrice ?? known?.PerThousandOutputTokens ?? 0,
                    AsOf = default,
                    Source = "settings",
                };
        }
    }

    /// <summary>About what it costs to have so many hits judged, in US dollars; null where the price is not known.</summary>
    public decimal? CostOfJudging(int pictures) => Of(new SpendUsage(pictures, TokensAroundHits + pictures * TokensOfUsualPicture, pictures * TokensOfVerdict));

    /// <summary>About what so many captions cost, in US dollars; null where the price is not known.</summary>
    public decimal? CostOfCaptions(int pictures) => Of(new SpendUsage(pictures, pictures * TokensToCaption, pictures * TokensOfCaption));

    /// <summary>About what a question about so many pictures costs, in US dollars; null where the price is not known.</summary>
    public decimal? CostOfQuestion(int pictures) => Of(new SpendUsage(pictures, pictures * TokensToAsk, TokensOfAnswer));

    private decimal? Of(SpendUsage usage) => Price is { IsKnown: true } price ? price.Of(usage) : null;
}
