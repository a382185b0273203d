using System.Text.Json;
using ImageSearch.Bedrock.Model;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>A conversation as Converse takes it: the sides take turns, and what the system says stands apart.</summary>
/// <param name="Messages">What both sides said.</param>
/// <param name="System">What the system says.</param>
internal sealed record ConverseMessages(List<Message> Messages, List<string> System)
{
    private static readonly Dictionary<string, string> PictureFormats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpeg"] = "jpeg",
        ["image/png"] = "png",
        ["image/gif"] = "gif",
        ["image/webp"] = "webp",
    };

    private static readonly Dictionary<string, string> DocumentFormats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/pdf"] = "pdf",
        ["text/csv"] = "csv",
        ["application/msword"] = "doc",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "docx",
        ["application/vnd.ms-excel"] = "xls",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "xlsx",
        ["text/html"] = "html",
        ["text/plain"] = "txt",
        ["text/markdown"] = "md",
    };

    /// <summary>The conversation of <paramref name="messages"/>.</summary>
    /// <exception cref="ArgumentException">A message holds what Converse does not take.</exception>
    public static ConverseMessages Of(IEnumerable<ChatMessage> messages, string? instructions)
    {
        var conversation = new ConverseMessages([], instructions is { Length: > 0 } ? [instructions] : []);
        var documents = 0;
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                conversation.System.Add(message.Text);
                continue;
            }

            var role = message.Role == ChatRole.Assistant ? "assistant" : "user";
            if (conversation.Messages is not [.., var last] || last.Role != role)
            {
                conversation.Messages.Add(last = new Message(role, []));
            }

            last.Content.AddRange(message.Contents.Select(content => BlockOf(content, ref documents)).OfType<ContentBlock>());
        }

        return conversation;
    }

    /// <summary>The arguments of a tool's call.</summary>
    public static IDictionary<string, object?> ArgumentsOf(JsonElement input) => input.ValueKind == JsonValueKind.Object
        ? input.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value)
        : new Dictionary<string, object?>();

    /// <summary>The arguments of a tool's call, of its JSON text; none where it is no JSON.</summary>
    public static IDictionary<string, object?> ArgumentsOf(string input)
    {
        try
        {
            using var document = JsonDocument.Parse(input.Length == 0 ? "{}" : input);
            return ArgumentsOf(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return new Dictionary<string, object?>();
        }
    }

    private static ContentBlock? BlockOf(AIContent content, ref int documents) => content switch
    {
        TextContent { Text: { Length: > 0 } text } => new ContentBlock { Text = text },
        TextContent or UsageContent or TextReasoningContent => null,
        DataContent picture when PictureFormats.TryGetValue(picture.MediaType, out var format) =>
            new ContentBlock { Image = new ImageBlock(format, SourceOf(picture)) },

        // Models read the names of documents: they are numbered instead.
        DataContent document when DocumentFormats.TryGetValue(document.MediaType, out var format) =>
            new ContentBlock { Document = new DocumentBlock(format, $"document {++documents}", SourceOf(document)) },
        FunctionCallContent call => new ContentBlock { ToolUse = new ToolUseBlock(call.CallId, call.Name, ElementOf(call.Arguments)) },
        FunctionResultContent result => new ContentBlock
        {
            ToolResult = new ToolResultBlock(
                result.CallId, [new ToolResultContentBlock { Text = TextOf(result.Result) }], result.Exception is null ? "success" : "error"),
        },
        DataContent data => throw new ArgumentException($"Converse takes no {data.MediaType}: pictures are JPEG, PNG, GIF or WebP.", nameof(content)),
        _ => throw new ArgumentException($"Converse takes no {content.GetType().Name}.", nameof(content)),
    };

    private static ImageSource SourceOf(DataContent content) => new() { Bytes = new MemoryStream(content.Data.ToArray()) };

    private static JsonElement ElementOf(IDictionary<string, object?>? arguments) => JsonSerializer.SerializeToElement(
        arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));

    private static string TextOf(object? result) =>
        result as string ?? JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));
}
