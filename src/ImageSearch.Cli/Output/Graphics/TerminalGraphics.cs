namespace ImageSearch.Cli.Output.Graphics;

/// <summary>Tells which protocol a terminal speaks, from what terminals say about themselves in the environment.</summary>
internal static class TerminalGraphics
{
    /// <summary>The protocol to use; <see cref="ThumbnailProtocol.None"/> when the terminal is unknown, or when a multiplexer stands between.</summary>
    public static ThumbnailProtocol Detect(IReadOnlyDictionary<string, string> environment)
    {
        var terminal = environment.GetValueOrDefault("TERM", "");
        var program = environment.GetValueOrDefault("TERM_PROGRAM", "");
        if (environment.ContainsKey("TMUX") || terminal.StartsWith("screen", StringComparison.Ordinal))
        {
            return ThumbnailProtocol.None;
        }

        if (environment.ContainsKey("KITTY_WINDOW_ID") || terminal is "xterm-kitty" or "xterm-ghostty" || program is "ghostty" or "WezTerm")
        {
            return ThumbnailProtocol.Kitty;
        }

        return program is "mintty" or "iTerm.app" || terminal.StartsWith("foot", StringComparison.Ordinal) || terminal is "mlterm" or "contour"
            ? ThumbnailProtocol.Sixel
            : ThumbnailProtocol.None;
    }
}
