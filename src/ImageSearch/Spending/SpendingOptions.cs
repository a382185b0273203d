namespace ImageSearch.Spending;

/// <summary>What may be spent, and at which prices.</summary>
public sealed record SpendingOptions
{
    /// <summary>The most that may be spent by all that share these options.</summary>
    /// <value>The default has no limit.</value>
    public SpendCap Cap { get; set; } = new();

    /// <summary>US dollars for one picture.</summary>
    /// <value>The default is null: the price in <see cref="PriceList"/>.</value>
    public decimal? PicturePrice { get; set; }

    /// <summary>US dollars for 1,000 tokens of text.</summary>
    /// <value>The default is null: the price in <see cref="PriceList"/>.</value>
    public decimal? TextPrice { get; set; }

    /// <summary>The day on which these prices were looked up.</summary>
    /// <value>The default is null: not said.</value>
    public DateOnly? PricesAsOf { get; set; }

    /// <summary>The price of a model; null where neither these options nor <see cref="PriceList"/> know it.</summary>
    public ModelPrice? PriceOf(string model)
    {
        var known = PriceList.Find(model);
        if (PicturePrice is null && TextPrice is null)
        {
            return known;
        }

        known ??= new ModelPrice(model, 0, 0, default);
        return known with
        {
            PerPicture = PicturePrice ?? known.PerPicture,
            PerThousandInputTokens = TextPrice ?? known.PerThousandInputTokens,
            AsOf = PricesAsOf ?? default,
            Source = "settings",
        };
    }
}
