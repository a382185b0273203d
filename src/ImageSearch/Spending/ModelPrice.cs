namespace ImageSearch.Spending;

/// <summary>What a model costs on demand, in US dollars.</summary>
/// <param name="Model">The model's id, for example <c>amazon.titan-embed-image-v1</c>.</param>
/// <param name="PerPicture">US dollars for one picture that is sent.</param>
/// <param name="PerThousandInputTokens">US dollars for 1,000 tokens that are sent; pictures that have a price of their own are not among them.</param>
/// <param name="AsOf">The day on which the price was looked up; the default date where that is not known.</param>
public sealed record ModelPrice(string Model, decimal PerPicture, decimal PerThousandInputTokens, DateOnly AsOf)
{
    /// <summary>US dollars for 1,000 tokens of the answer; the default is 0.</summary>
    public decimal PerThousandOutputTokens { get; init; }

    /// <summary>What batch inference costs as a share of all these, for example 0.5; null where none is offered, or its price is not known.</summary>
    public decimal? BatchShare { get; init; }

    /// <summary>Where the price was found.</summary>
    public string Source { get; init; } = "settings";

    /// <summary>False for what stands for a price that nobody knows.</summary>
    public bool IsKnown { get; private init; } = true;

    /// <summary>Stands for a price that nobody knows; calls are booked with 0 dollars.</summary>
    public static ModelPrice Unknown(string model) => new(model, 0, 0, default) { IsKnown = false, Source = "not known" };

    /// <summary>The price of so much, in US dollars.</summary>
    public decimal Of(SpendUsage usage) =>
        (usage.Pictures * PerPicture) + (usage.InputTokens * PerThousandInputTokens / 1000) + (usage.OutputTokens * PerThousandOutputTokens / 1000);

    /// <summary>The price of the same by batch inference; null where there is none.</summary>
    public ModelPrice? ForBatch() => BatchShare is not { } share ? null : this with
    {
        PerPicture = PerPicture * share,
        PerThousandInputTokens = PerThousandInputTokens * share,
        PerThousandOutputTokens = PerThousandOutputTokens * share,
    };
}
