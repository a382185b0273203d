namespace ImageSearch.Cli.Help;

/// <summary>An argument or option as the reference shows it.</summary>
/// <param name="Shape">How it is written, for example <c>--limit N</c>.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Values">The values it takes, where there is something to say.</param>
/// <param name="Default">The value without it, where there is one.</param>
internal sealed record ReferenceEntry(string Shape, string Summary, string? Values = null, string? Default = null)
{
    /// <summary>Summary, values and default in one line.</summary>
    public string Text
    {
        get
        {
            var details = string.Join("; ", new[] { Values, Default is null ? null : $"default {Default}" }.Where(part => part is not null));
            return details.Length > 0 ? $"{Summary} ({details})" : Summary;
        }
    }
}
