using System.Text.Json;

namespace ImageSearch.Settings;

/// <summary>Reads <c>imagesearch.json</c>: an object of sections, each an object of settings or a list of such objects.</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The values in the file by key, as written; empty when there is no such file.</summary>
    /// <exception cref="SettingException">The file cannot be read, is not JSON, or holds something other than sections of texts and numbers.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path))
        {
            return values;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            Gather(document.RootElement, "", path, values);
        }
        catch (JsonException exception)
        {
            throw new SettingException($"{path} is not valid JSON (line {exception.LineNumber + 1}). Correct it, or move it away to use the defaults.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{path} cannot be read: {exception.Message} Make it readable, or move it away to use the defaults.");
        }

        return values;
    }

    private static void Gather(JsonElement element, string key, string path, Dictionary<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Gather(member.Value, key.Length > 0 ? $"{key}:{member.Name}" : member.Name, path, values);
                }

                break;
            case JsonValueKind.Array when element.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.Object):
                foreach (var (index, entry) in element.EnumerateArray().Index())
                {
                    Gather(entry, $"{key}:{index}", path, values);
                }

                break;
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when key.Length > 0:
                values[key] = element.ToString();
                break;
            default:
                throw new SettingException($"{path}: {(key.Length > 0 ? $"\"{key}\"" : "the file")} holds {element.GetRawText()}, where a text or a number was expected. See `imagesearch show config`.");
        }
    }
}
