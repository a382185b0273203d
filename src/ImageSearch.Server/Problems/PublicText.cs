namespace ImageSearch.Server.Problems;

/// <summary>What messages for the owner say to everyone else: where the home folder lies is nobody's business.</summary>
internal static class PublicText
{
    /// <summary>The message without the path of the home folder; the log has the whole of it.</summary>
    public static string Of(string message, ImageSearchHome home) => message.Replace(home.Folder, "~", StringComparison.Ordinal);
}
