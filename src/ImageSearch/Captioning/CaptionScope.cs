namespace ImageSearch.Captioning;

/// <summary>Which pictures are described.</summary>
public enum CaptionScope
{
    /// <summary>Those without a caption.</summary>
    Missing,

    /// <summary>All, also those that have one.</summary>
    All,
}
