namespace ImageSearch.Imaging;

/// <summary>libvips is missing, too old or does not start. The message names the command that installs it on this system.</summary>
public sealed class ImageLibraryException(string message, Exception? innerException = null) : Exception(message, innerException);
