using ImageSearch.Collections;

namespace ImageSearch.Indexing;

/// <summary>What reading a file came to.</summary>
internal abstract record PictureReading
{
    /// <summary>A picture to embed.</summary>
    internal sealed record Picture(PictureJob Job, StableFile File, string MediaType, ImagePayload Payload) : PictureReading;

    /// <summary>A picture whose content is indexed already under this path.</summary>
    internal sealed record SameContent(PictureJob Job, StableFile File) : PictureReading;

    /// <summary>Nothing is left to do but to note it.</summary>
    internal sealed record Settled(IndexOutcome Outcome) : PictureReading;
}
