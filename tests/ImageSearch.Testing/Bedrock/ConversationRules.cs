using System.Text.Json;
using System.Text.RegularExpressions;

namespace ImageSearch.Testing.Bedrock;

/// <summary>What Converse refuses before a model is asked, in the service's words as far as they are known.</summary>
internal static partial class ConversationRules
{
    private const int MaxImages = 20;
    private const int MaxImageBytes = 3_932_160;
    private const int MaxImageSide = 8000;
    private const int MaxDocuments = 5;
    private const int MaxDocumentBytes = 4_718_592;

    private const string MustBeginWithUser = "A conversation must start with a user message. Try again with a conversation that starts with a user message.";

    /// <summary>Checks a whole request, and gives the content blocks of all its messages.</summary>
    public static IReadOnlyList<JsonElement> Check(JsonElement request)
    {
        if (!request.TryGetProperty("messages", out var messages) || messages.GetArrayLength() == 0)
        {
            throw BedrockRefusal.Validation(MustBeginWithUser);
        }

        if (request.TryGetProperty("system", out var system) && system.EnumerateArray().Any(block => block.TryGetProperty("text", out var text) && text.GetString() is ""))
        {
            throw BedrockRefusal.Validation("1 validation error detected: Value at 'system.1.member.text' failed to satisfy constraint: Member must have length greater than or equal to 1");
        }

        var hasTools = request.TryGetProperty("toolConfig", out _);
        var blocks = new List<JsonElement>();
        var expected = "user";
        foreach (var (at, message) in messages.EnumerateArray().Index())
        {
            var role = message.GetProperty("role").GetString();
            if (role != expected)
            {
                throw BedrockRefusal.Validation(at == 0 ? MustBeginWithUser : "Conversation roles must alternate between user and assistant.");
            }

            expected = role == "user" ? "assistant" : "user";
            var content = message.GetProperty("content").EnumerateArray().ToList();
            CheckTexts(content, at);
            CheckImages(role, content);
            CheckDocuments(role, content);
            CheckToolBlocks(content, hasTools);
            blocks.AddRange(content);
        }

        return blocks;
    }

    /// <summary>The tool that the request insists on; null where it leaves the choice.</summary>
    public static string? ForcedTool(JsonElement request, FakeModel model)
    {
        if (!request.TryGetProperty("toolConfig", out var config))
        {
            return null;
        }

        var tools = config.GetProperty("tools").EnumerateArray().Where(tool => tool.TryGetProperty("toolSpec", out _)).Select(tool => tool.GetProperty("toolSpec")).ToList();
        foreach (var (at, tool) in tools.Index())
        {
            var schema = tool.GetProperty("inputSchema").GetProperty("json");
            if (!schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "object")
            {
                throw BedrockRefusal.Validation($"The value at toolConfig.tools.{at}.toolSpec.inputSchema.json.type must be one of the following: object.");
            }
        }

        var names = tools.Select(tool => tool.GetProperty("name").GetString()).ToList();
        if (!config.TryGetProperty("toolChoice", out var choice) || choice.TryGetProperty("auto", out _))
        {
            return null;
        }

        if (!choice.TryGetProperty("tool", out var forced))
        {
            return names[0];
        }

        if (!model.CanForceTool)
        {
            throw BedrockRefusal.Validation("This model doesn't support the toolConfig.toolChoice.tool field. Remove toolConfig.toolChoice.tool and try again.");
        }

        var name = forced.GetProperty("name").GetString();
        return names.Contains(name) ? name : throw BedrockRefusal.Validation($"The tool {name} of toolConfig.toolChoice is not among toolConfig.tools.");
    }

    /// <summary>The bytes of a picture or a document; none where it lies in a bucket.</summary>
    public static ReadOnlyMemory<byte> BytesOf(JsonElement block)
    {
        if (!block.GetProperty("source").TryGetProperty("bytes", out var bytes))
        {
            return default;
        }

        return bytes.ValueKind == JsonValueKind.String && bytes.TryGetBytesFromBase64(out var decoded)
            ? decoded
            : throw BedrockRefusal.Malformed("#/source/bytes: expected base64");
    }

    private static void CheckTexts(List<JsonElement> content, int message)
    {
        if (content.Count == 0)
        {
            throw BedrockRefusal.Validation($"The content field in the Message object at messages.{message} is empty. Add a ContentBlock object to the content field and try again.");
        }

        if (content.FindIndex(block => block.TryGetProperty("text", out var text) && string.IsNullOrWhiteSpace(text.GetString())) is var blank and >= 0)
        {
            throw BedrockRefusal.Validation(
                $"The text field in the ContentBlock object at messages.{message}.content.{blank} is blank. Add text to the text field, and try again.");
        }
    }

    private static void CheckImages(string? role, List<JsonElement> content)
    {
        var images = content.Where(block => block.TryGetProperty("image", out _)).Select(block => block.GetProperty("image")).ToList();
        if (images.Count > 0 && role != "user")
        {
            throw BedrockRefusal.Validation("Images are only allowed in messages of the role user.");
        }

        if (images.Count > MaxImages)
        {
            throw BedrockRefusal.Validation($"too many images and documents: {images.Count} + 0 > {MaxImages}");
        }

        foreach (var image in images)
        {
            var (bytes, format) = (BytesOf(image), image.GetProperty("format").GetString());
            if (bytes.Length > MaxImageBytes)
            {
                throw BedrockRefusal.Validation("The model returned the following errors: image exceeds 3.75 MB maximum");
            }

            if (bytes.Length > 0 && ImageHeader.FormatOf(bytes.Span) != format)
            {
                throw BedrockRefusal.Validation($"The model returned the following errors: Image does not match the provided media type image/{format}");
            }

            if (ImageHeader.Read(bytes.Span) is var (width, height) && Math.Max(width, height) > MaxImageSide)
            {
                throw BedrockRefusal.Validation($"The model returned the following errors: At least one of the image dimensions exceed max allowed size: {MaxImageSide} pixels");
            }
        }
    }

    private static void CheckDocuments(string? role, List<JsonElement> content)
    {
        var documents = content.Where(block => block.TryGetProperty("document", out _)).Select(block => block.GetProperty("document")).ToList();
        if (documents.Count == 0)
        {
            return;
        }

        var images = content.Count(block => block.TryGetProperty("image", out _));
        var problem =
            role != "user" ? "Documents are only allowed in messages of the role user."
            : documents.Count > MaxDocuments ? $"too many images and documents: {images} + {documents.Count} > {MaxDocuments}"
            : !content.Exists(block => block.TryGetProperty("text", out _)) ? "A text block must be included in a message that has documents."
            : documents.Exists(document => BytesOf(document).Length > MaxDocumentBytes) ? "The model returned the following errors: document exceeds 4.5 MB maximum"
            : documents.Exists(document => document.GetProperty("name").GetString() is not { Length: <= 200 } name || !DocumentName().IsMatch(name))
                ? "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character. Edit the file name and retry your request."
            : null;
        if (problem is not null)
        {
            throw BedrockRefusal.Validation(problem);
        }
    }

    private static void CheckToolBlocks(List<JsonElement> content, bool hasTools)
    {
        if (!hasTools && content.Exists(block => block.TryGetProperty("toolUse", out _) || block.TryGetProperty("toolResult", out _)))
        {
            throw BedrockRefusal.Validation("The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9\-()\[\]]+(\s[a-zA-Z0-9\-()\[\]]+)*$")]
    private static partial Regex DocumentName();
}
