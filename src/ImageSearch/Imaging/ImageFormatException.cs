namespace ImageSearch.Imaging;

/// <summary>A picture was refused. The message says what is wrong with it, with the value, in one sentence.</summary>
public sealed class ImageFormatException(ImageRefusal refusal, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The reason, from the closed list.</summary>
    public ImageRefusal Refusal { get; } = refusal;
}
