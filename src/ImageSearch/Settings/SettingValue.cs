namespace ImageSearch.Settings;

/// <summary>A setting, the value in force, and where that value came from.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Value">The value in force; null where none is set.</param>
/// <param name="Source">For example <c>flag --limit</c>, <c>environment IMAGESEARCH__Searching__Limit</c>, a file's path, or <c>default</c>.</param>
public sealed record SettingValue(Setting Setting, string? Value, string Source);
