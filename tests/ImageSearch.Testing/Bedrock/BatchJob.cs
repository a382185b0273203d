using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>A job of batch inference: its request and how far it is.</summary>
/// <param name="Arn">Ends in its id.</param>
/// <param name="Request">The body that made it.</param>
/// <param name="Script">What becomes of it.</param>
/// <param name="SubmitTime">When it was submitted.</param>
internal sealed record BatchJob(string Arn, JsonElement Request, FakeJobScript Script, DateTimeOffset SubmitTime)
{
    private static readonly string[] Begin = ["Submitted", "Validating", "Scheduled", "InProgress"];

    public string Id => Arn[(Arn.LastIndexOf('/') + 1)..];

    public string Status { get; set; } = Begin[0];

    public string? Message { get; set; }

    public int Looks { get; set; }

    public int Total { get; set; }

    public int Processed { get; set; }

    public int Errors { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public bool HasEnded => Status is not "Stopping" && !Begin.Contains(Status);

    public string Name => Request.GetProperty("jobName").GetString()!;

    public string ModelId => Request.GetProperty("modelId").GetString()!;

    public string? Token => Request.TryGetProperty("clientRequestToken", out var token) ? token.GetString() : null;

    public string InputUri => Request.GetProperty("inputDataConfig").GetProperty("s3InputDataConfig").GetProperty("s3Uri").GetString()!;

    public string OutputUri => Request.GetProperty("outputDataConfig").GetProperty("s3OutputDataConfig").GetProperty("s3Uri").GetString()!;

    /// <summary>The state after one more look; null when it is time for the job to end.</summary>
    public string? NextStatus()
    {
        Looks++;
        var isInProgress = Looks >= Begin.Length;
        return !isInProgress ? Begin[Looks]
            : Script.LooksInProgress < 0 || Looks - Begin.Length < Script.LooksInProgress - 1 ? "InProgress"
            : null;
    }

    /// <summary>The job as GetModelInvocationJob and ListModelInvocationJobs show it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["jobArn"] = Arn,
            ["jobName"] = Name,
            ["modelId"] = ModelId,
            ["roleArn"] = Request.GetProperty("roleArn").GetString(),
            ["status"] = Status,
            ["submitTime"] = TimeText(SubmitTime),
            ["lastModifiedTime"] = TimeText(SubmitTime),
            ["jobExpirationTime"] = TimeText(SubmitTime.AddHours(24)),
            ["inputDataConfig"] = JsonNode.Parse(Request.GetProperty("inputDataConfig").GetRawText()),
            ["outputDataConfig"] = JsonNode.Parse(Request.GetProperty("outputDataConfig").GetRawText()),
            ["totalRecordCount"] = Total,
            ["processedRecordCount"] = Processed,
            ["successRecordCount"] = Processed - Errors,
            ["errorRecordCount"] = Errors,
        };
        AddIfThere(json, "clientRequestToken", Token);
        AddIfThere(json, "message", Message);
        AddIfThere(json, "endTime", EndTime is { } time ? TimeText(time) : null);
        return json;
    }

    private static void AddIfThere(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
