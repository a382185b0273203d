using System.Security.Cryptography;
using System.Text.Json;
using ImageSearch.Imaging;
using ImageSearch.Pacing;
using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>Has a model describe pictures: a caption, tags, and what is written in them. Descriptions are kept, so that the same picture is paid for once. Safe for many threads.</summary>
/// <param name="provider">The model.</param>
/// <param name="cache">Opens the file of kept answers.</param>
/// <param name="options">What the model is shown, and what it may cost.</param>
/// <param name="limits">Ceilings for pictures.</param>
/// <param name="time">The clock of time-outs.</param>
/// <param name="pace">How many calls go out at once; only it tries again.</param>
internal sealed class Captioner(
    VisionProvider provider, Func<VisionCache> cache, VisionOptions options, ImageLimits limits, TimeProvider time, CallPace pace)
{
    /// <summary>What calls are booked as.</summary>
    public const string Purpose = "caption";

    private readonly PictureSize _size = new(options.PictureSide, options.PictureTokens);

    /// <summary>The model that describes.</summary>
    public string Model => options.Model;

    /// <summary>How the calls come along.</summary>
    public CallPaceStatus Pace => pace.Status;

    /// <summary>About what so many descriptions cost, in US dollars; null where the price is not known.</summary>
    public decimal? CostOf(int pictures) => options.CostOfCaptions(pictures);

    /// <summary>The description that is kept of a picture; null where there is none.</summary>
    /// <param name="sha256">SHA-256 of the picture, in lower-case hexadecimal.</param>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    public PictureCaption? Kept(string sha256)
    {
        try
        {
            return cache().Find(KeyOf(sha256)) is { } answer ? JsonSerializer.Deserialize(answer, VisionJson.Default.PictureCaption) : null;
        }
        catch (JsonException)
        {
            // Written by something else: asked for again, and replaced.
            return null;
        }
    }

    /// <summary>Has a picture described, as long as it takes where the provider takes no more calls for the moment, and keeps the description.</summary>
    /// <exception cref="ImageFormatException">It is no picture, or refused.</exception>
    /// <exception cref="VisionException">The model gave no description.</exception>
    /// <exception cref="VisionCacheException">The file of kept answers cannot be used.</exception>
    public async Task<PictureCaption> DescribeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var shown = ShownPicture.Of(bytes, provider.Model, _size, limits, cancellationToken);
        var client = provider.Begin(Purpose, new SpendCap(options.MaxCost));
        var response = await pace.CallAsync(token => AskAsync(client, shown, token), RefusalOf, cancellationToken);
        var caption = Read(response);
        cache().Store((KeyOf(Convert.ToHexStringLower(SHA256.HashData(bytes.Span))), JsonSerializer.Serialize(caption, VisionJson.Default.PictureCaption)));
        return caption;
    }

    private static CallRefusal RefusalOf(Exception failure) => failure switch
    {
        VisionException { IsTransient: true, Fault: VisionFault.Throttled } throttle => new(CallOutcome.Throttled, throttle.RetryAfter),
        VisionException { IsTransient: true } passing => new(CallOutcome.Failed, passing.RetryAfter),
        VisionException { Fault: VisionFault.InputRejected } => new(CallOutcome.Answered),
        _ => new(CallOutcome.Abandoned),
    };

    private async Task<ChatResponse> AskAsync(IChatClient client, ShownPicture shown, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await client.GetResponseAsync(CaptionPrompt.Messages(shown), CaptionPrompt.Options(options.Language), either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VisionException(VisionFault.TimedOut, FormattableString.Invariant($"{options.Model} did not answer within {options.Timeout.TotalSeconds:0.#} seconds."), exception);
        }
    }

    private PictureCaption Read(ChatResponse response)
    {
        if (response.FinishReason == ChatFinishReason.ContentFilter)
        {
            throw new VisionException(VisionFault.Refused, $"{options.Model} or its guardrail declined to describe the picture.");
        }

        try
        {
            if (response.FinishReason == ChatFinishReason.Stop
                && JsonSerializer.Deserialize(response.Text, VisionJson.Default.CaptionAnswer) is { } answer
                && ModelText.OneLine(answer.Caption, PictureCaption.LongestCaption) is { Length: > 0 } caption)
            {
                var tags = (answer.Tags ?? []).Select(tag => ModelText.OneLine(tag, PictureCaption.LongestTag)).Where(tag => tag.Length > 0)
                    .Distinct(StringComparer.OrdinalIgnoreCase).Take(PictureCaption.MostTags);
                return new PictureCaption(caption, [.. tags], ModelText.OneLine(answer.VisibleText, PictureCaption.LongestText));
            }
        }
        catch (JsonException failure)
        {
            throw Unusable(failure);
        }

        throw Unusable(null);
    }

    private VisionException Unusable(JsonException? failure) =>
        new(VisionFault.UnusableAnswer, $"The answer of {options.Model} is no description in the form that was asked for, or was cut off.", failure);

    private VisionKey KeyOf(string sha256) =>
        VisionKey.Of(sha256, options.Model, Purpose, CaptionPrompt.Version, options.Language, $"{_size.Side} {_size.Tokens}");
}
