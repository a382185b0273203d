using System.Text.Json;

namespace ImageSearch.Testing.Bedrock;

/// <summary>The service's API model (botocore's <c>service-2.json</c>), against which bodies are checked.</summary>
public sealed class ServiceModel
{
    private readonly JsonElement _operations;
    private readonly JsonElement _shapes;

    private ServiceModel(JsonElement root)
    {
        _operations = root.GetProperty("operations");
        _shapes = root.GetProperty("shapes");
    }

    /// <summary>Where the model lies beside the project, or null where it is absent.</summary>
    public static string? FilePath { get; } = Find();

    /// <summary>Reads the model.</summary>
    public static ServiceModel Load() =>
        new(JsonDocument.Parse(File.ReadAllBytes(FilePath ?? throw new FileNotFoundException("the service model is absent"))).RootElement);

    /// <summary>The method and path pattern of an operation, for example <c>POST /model/{modelId}/invoke</c>.</summary>
    public string Route(string operation)
    {
        var http = _operations.GetProperty(operation).GetProperty("http");
        return $"{http.GetProperty("method").GetString()} {http.GetProperty("requestUri").GetString()}";
    }

    /// <summary>The errors that an operation declares, each with its HTTP status.</summary>
    public IReadOnlyDictionary<string, int> Errors(string operation) => _operations.GetProperty(operation).GetProperty("errors").EnumerateArray()
        .Select(error => error.GetProperty("shape").GetString()!)
        .ToDictionary(name => name, name => _shapes.GetProperty(name).GetProperty("error").GetProperty("httpStatusCode").GetInt32());

    /// <summary>What an operation's request body breaks of the model; empty when it is right.</summary>
    public IReadOnlyList<string> CheckRequest(string operation, JsonElement body) => Check(ShapeOf(operation, "input"), body);

    /// <summary>What an operation's answer breaks of the model; empty when it is right.</summary>
    public IReadOnlyList<string> CheckResponse(string operation, JsonElement body) => Check(ShapeOf(operation, "output"), body);

    /// <summary>What <paramref name="value"/> breaks of <paramref name="shape"/>; empty when it is right.</summary>
    public IReadOnlyList<string> Check(string shape, JsonElement value)
    {
        var problems = new List<string>();
        Check(shape, value, shape, problems);
        return problems;
    }

    private string ShapeOf(string operation, string side) => _operations.GetProperty(operation).GetProperty(side).GetProperty("shape").GetString()!;

    private void Check(string name, JsonElement value, string path, List<string> problems)
    {
        var shape = _shapes.GetProperty(name);
        switch (shape.GetProperty("type").GetString())
        {
            case "structure":
                CheckStructure(shape, value, path, problems);
                break;
            case "list":
                CheckList(shape, value, path, problems);
                break;
            case "map":
                foreach (var entry in Expect(value, JsonValueKind.Object, path, problems) ? value.EnumerateObject().ToList() : [])
                {
                    Check(shape.GetProperty("value").GetProperty("shape").GetString()!, entry.Value, $"{path}.{entry.Name}", problems);
                }

                break;
            case "string":
                CheckString(shape, value, path, problems);
                break;
            case "blob":
                if (value.ValueKind != JsonValueKind.String || !value.TryGetBytesFromBase64(out _))
                {
                    problems.Add($"{path}: not base64");
                }

                break;
            case "integer" or "long" or "float" or "double":
                if (Expect(value, JsonValueKind.Number, path, problems))
                {
                    CheckRange(shape, value.GetDouble(), path, problems);
                }

                break;
            case "boolean" when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                problems.Add($"{path}: not a boolean");
                break;
        }
    }

    private void CheckStructure(JsonElement shape, JsonElement value, string path, List<string> problems)
    {
        // A structure marked as a document is free JSON.
        if (shape.TryGetProperty("document", out _) || !Expect(value, JsonValueKind.Object, path, problems))
        {
            return;
        }

        var members = shape.GetProperty("members").EnumerateObject().Where(member => !member.Value.TryGetProperty("location", out _))
            .ToDictionary(member => member.Name, member => member.Value.GetProperty("shape").GetString()!);
        foreach (var member in value.EnumerateObject())
        {
            if (members.TryGetValue(member.Name, out var memberShape))
            {
                Check(memberShape, member.Value, $"{path}.{member.Name}", problems);
            }
            else
            {
                problems.Add($"{path}.{member.Name}: no such member");
            }
        }

        var required = shape.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(item => item.GetString()!) : [];
        problems.AddRange(required.Where(item => members.ContainsKey(item) && !value.TryGetProperty(item, out _)).Select(item => $"{path}.{item}: missing"));
        if (shape.TryGetProperty("union", out _) && value.EnumerateObject().Count() != 1)
        {
            problems.Add($"{path}: a union holds exactly one member");
        }
    }

    private void CheckList(JsonElement shape, JsonElement value, string path, List<string> problems)
    {
        if (!Expect(value, JsonValueKind.Array, path, problems))
        {
            return;
        }

        CheckRange(shape, value.GetArrayLength(), path, problems);
        var member = shape.GetProperty("member").GetProperty("shape").GetString()!;
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            Check(member, item, $"{path}[{index}]", problems);
        }
    }

    private static void CheckString(JsonElement shape, JsonElement value, string path, List<string> problems)
    {
        if (!Expect(value, JsonValueKind.String, path, problems))
        {
            return;
        }

        var text = value.GetString()!;
        CheckRange(shape, text.Length, path, problems);
        if (shape.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(item => item.GetString() == text))
        {
            problems.Add($"{path}: '{text}' is not one of the values");
        }
    }

    private static void CheckRange(JsonElement shape, double size, string path, List<string> problems)
    {
        if (shape.TryGetProperty("min", out var min) && size < min.GetDouble() || shape.TryGetProperty("max", out var max) && size > max.GetDouble())
        {
            problems.Add($"{path}: {size} is out of range");
        }
    }

    private static bool Expect(JsonElement value, JsonValueKind kind, string path, List<string> problems)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        problems.Add($"{path}: {value.ValueKind} instead of {kind}");
        return false;
    }

    private static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImageSearch.sln")))
        {
            folder = folder.Parent;
        }

        var path = folder is null ? "" : Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "reference", "bedrock-runtime.service-2.json"));
        return File.Exists(path) ? path : null;
    }
}
