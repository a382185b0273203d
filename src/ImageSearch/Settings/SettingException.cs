namespace ImageSearch.Settings;

/// <summary>A setting cannot be taken. The message names the key, the value, where it was written, and what is allowed.</summary>
public sealed class SettingException(string message) : Exception(message);
