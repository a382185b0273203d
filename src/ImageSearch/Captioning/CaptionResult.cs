using ImageSearch.Collections;
using ImageSearch.Vision;

namespace ImageSearch.Captioning;

/// <summary>What became of one picture.</summary>
public abstract record CaptionResult
{
    private CaptionResult(ImagePayload picture) => Picture = picture;

    /// <summary>The picture, as it stands in the collection now.</summary>
    public ImagePayload Picture { get; }

    /// <summary>It is described, and found by the words of its description from now on.</summary>
    /// <param name="Picture">The picture.</param>
    /// <param name="Caption">Its description.</param>
    /// <param name="IsKept">Whether the description was kept from before, and cost nothing.</param>
    public sealed record Captioned(ImagePayload Picture, PictureCaption Caption, bool IsKept) : CaptionResult(Picture);

    /// <summary>It is not described; the next run tries again.</summary>
    /// <param name="Picture">The picture.</param>
    /// <param name="Reason">Why, as a sentence for people.</param>
    public sealed record Failed(ImagePayload Picture, string Reason) : CaptionResult(Picture);
}
