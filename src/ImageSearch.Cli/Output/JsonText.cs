using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImageSearch.Cli.Output;

/// <summary>How this program writes JSON: letters of all scripts as they are, everything that could steer a terminal escaped.</summary>
internal static class JsonText
{
    /// <summary>JSON over several lines, for people and documents.</summary>
    public static JsonWriterOptions Indented { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON on one line.</summary>
    public static JsonWriterOptions OneLine { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What <paramref name="write"/> writes, as text.</summary>
    public static string Of(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            write(json);
        }

        // The relaxed encoder is meant for JSON that stands alone, as this does: it escapes controls, and leaves quotes and signs
        // of HTML readable; direction marks, which occur within strings only, are added to what it escapes.
        return SafeText.WithoutDirectionMarks(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
