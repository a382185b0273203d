using ImageSearch.Searching;

namespace ImageSearch.Settings;

/// <summary>The settings of the model that looks at pictures.</summary>
internal static class VisionSettings
{
    /// <summary>The settings of these options.</summary>
    public static IReadOnlyList<Setting> Of(ImageSearchOptions options) =>
    [
        Setting.Text("Vision:Model", "Model on Amazon Bedrock that looks at pictures: the id of a model or inference profile, or an ARN. Claude, Llama 4 and Pixtral are known.",
            () => options.Vision.Model, value => options.Vision = options.Vision with { Model = value }),
        Setting.Whole(ImageSearchSettings.Judge, "How many of the best hits every search has judged by that model; 0 for none.", 0, JudgedSearch.MostHits,
            () => options.Vision.Judge, value => options.Vision = options.Vision with { Judge = (int)value }),
        Setting.Whole("Vision:PictureSide", "Longest side in pixels of a picture that is shown to the model.", 64, 4096,
            () => options.Vision.PictureSide, value => options.Vision = options.Vision with { PictureSide = (int)value }),
        Setting.Whole("Vision:PictureTokens", "Most tokens that one shown picture may cost; it is made smaller until it does not.", 50, 10_000,
            () => options.Vision.PictureTokens, value => options.Vision = options.Vision with { PictureTokens = (int)value }),
        Setting.Text("Vision:Language", "Language of captions and tags, by its English name; the search by words finds a picture in the language of its caption.",
            () => options.Vision.Language, value => options.Vision = options.Vision with { Language = value }),
        Setting.Whole("Vision:TimeoutSeconds", "Longest wait for one verdict or description, and for each piece of the answer to a question, in seconds.", 1, 600,
            () => (long)options.Vision.Timeout.TotalSeconds, value => options.Vision = options.Vision with { Timeout = TimeSpan.FromSeconds(value) }),
        Setting.Dollars(ImageSearchSettings.VisionMaxCost, "Most that one question to the model may cost, in US dollars; what would cost more is not asked.",
            () => options.Vision.MaxCost, value => options.Vision = options.Vision with { MaxCost = value }),
        Setting.Dollars("Vision:MaxCostPerDay", "Most that the model may cost in one day (UTC), in US dollars.",
            () => options.Vision.MaxCostPerDay, value => options.Vision = options.Vision with { MaxCostPerDay = value }),
        Setting.Dollars("Vision:InputPrice", "Price of 1,000 tokens that are sent to the model, in US dollars; by default the one known for it.",
            () => options.Vision.InputPrice, value => options.Vision = options.Vision with { InputPrice = value }),
        Setting.Dollars("Vision:OutputPrice", "Price of 1,000 tokens of the model's answers, in US dollars; by default the one known for it.",
            () => options.Vision.OutputPrice, value => options.Vision = options.Vision with { OutputPrice = value }),
        Setting.Text("Vision:GuardrailId", "Id of the guardrail of Amazon Bedrock that questions and answers go through.",
            () => options.Vision.GuardrailId, value => options.Vision = options.Vision with { GuardrailId = value }),
        Setting.Text("Vision:GuardrailVersion", "Version of that guardrail.",
            () => options.Vision.GuardrailVersion, value => options.Vision = options.Vision with { GuardrailVersion = value }),
    ];
}
