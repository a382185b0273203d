using ImageSearch.Collections;
using ImageSearch.Vision;

namespace ImageSearch.Captioning;

/// <summary>Puts descriptions into payloads, and takes them out again.</summary>
internal static class CaptionedPayload
{
    /// <summary>The payload with a description instead of the one it may have; it is found by the words of the new one.</summary>
    public static ImagePayload With(ImagePayload payload, PictureCaption caption, string model)
    {
        var bare = Without(payload);
        List<string> made = [.. caption.Tags.Except(bare.Tags, StringComparer.OrdinalIgnoreCase)];
        var described = bare with
        {
            Caption = caption.Caption,
            CaptionModel = model,
            CaptionTags = made,
            Tags = [.. bare.Tags, .. made],
            VisibleText = caption.VisibleText.Length > 0 ? caption.VisibleText : null,
        };
        return described with { Words = bare.Words + WordsOf(described) };
    }

    private static ImagePayload Without(ImagePayload payload)
    {
        var words = WordsOf(payload);
        return payload with
        {
            Caption = null,
            CaptionModel = null,
            CaptionTags = [],
            Tags = [.. payload.Tags.Except(payload.CaptionTags)],
            VisibleText = null,
            Words = words.Length > 0 && payload.Words.EndsWith(words, StringComparison.Ordinal) ? payload.Words[..^words.Length] : payload.Words,
        };
    }

    // Line breaks between the texts keep a phrase from running over from one into the next.
    private static string WordsOf(ImagePayload payload) => string.Concat(
        new[] { payload.Caption, payload.VisibleText }.Concat(payload.CaptionTags).OfType<string>().Select(text => "\n" + text));
}
