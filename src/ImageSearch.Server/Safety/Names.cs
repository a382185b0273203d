namespace ImageSearch.Server.Safety;

/// <summary>Settings that hold several names.</summary>
internal static class Names
{
    /// <summary>The names between the commas.</summary>
    public static string[] Of(string? text) => (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
