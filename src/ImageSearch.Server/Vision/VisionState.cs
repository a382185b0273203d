namespace ImageSearch.Server.Vision;

/// <summary>What a model can be asked for.</summary>
/// <param name="Model">The model.</param>
/// <param name="Caption">Whether pictures can be described, which changes what is indexed.</param>
/// <param name="CaptionDollars">About what the description of one picture costs, in US dollars; absent where the price is not known.</param>
/// <param name="AskDollars">About what a question about one picture costs, in US dollars; absent where the price is not known.</param>
/// <param name="Judge">The judging of hits.</param>
internal sealed record VisionState(string Model, bool Caption, decimal? CaptionDollars, decimal? AskDollars, VisionState.JudgeState Judge)
{
    /// <summary>The judging of hits where nobody says how many.</summary>
    /// <param name="Pictures">How many are judged.</param>
    /// <param name="Dollars">About what that costs, in US dollars; absent where the price is not known.</param>
    internal sealed record JudgeState(int Pictures, decimal? Dollars);
}
