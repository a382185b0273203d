using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImageSearch.Testing.Bedrock;

/// <summary>Reads the records of a job, runs the model over them, and writes the output files as the service does.</summary>
internal sealed class BatchRecords(FakeBatchOptions options, TitanImageEmbedding titan)
{
    /// <summary>Why the service would not begin the job; null when it would.</summary>
    public string? WhyInvalid(BatchJob job)
    {
        var files = InputOf(job);
        if (files.Count == 0)
        {
            return $"The input {job.InputUri} holds no .jsonl file, or the role cannot read it.";
        }

        foreach (var (key, bytes) in files)
        {
            if (bytes.Length > options.MaxFileBytes)
            {
                return $"The input file {key} is larger than the maximum of {options.MaxFileBytes} bytes.";
            }

            if (Lines(bytes).Any(line => !IsRecord(line)))
            {
                return $"The input file {key} holds a line that is not a record.";
            }
        }

        job.Total = files.Sum(file => Lines(file.Bytes).Count());
        return job.Total < options.MinRecords ? $"Batch job {job.Arn} contains less records ({job.Total}) than the required minimum of: {options.MinRecords}"
            : job.Total > options.MaxRecords ? $"Batch job {job.Arn} contains more records ({job.Total}) than the allowed maximum of: {options.MaxRecords}"
            : null;
    }

    /// <summary>Runs the records and writes the output; nothing where the script lets the job process none.</summary>
    public async Task RunAsync(BatchJob job, CancellationToken cancellationToken)
    {
        var left = job.Script.Processed ?? job.Total;
        var (bucket, folder) = Split(job.OutputUri.TrimEnd('/') + $"/{job.Id}/");
        foreach (var (key, bytes) in left > 0 ? InputOf(job) : [])
        {
            var lines = new List<string>();
            foreach (var line in Lines(bytes).Take(left))
            {
                lines.Add(await RunAsync(job, line, cancellationToken));
            }

            left -= lines.Count;
            // The service promises no order, so the stand-in keeps none.
            lines.Reverse();
            options.Buckets.Put(bucket, $"{folder}{key[(key.LastIndexOf('/') + 1)..]}.out", string.Concat(lines.Select(line => line + "\n")));
        }

        if (job.Processed > 0)
        {
            var manifest = new JsonObject
            {
                ["totalRecordCount"] = job.Total,
                ["processedRecordCount"] = job.Processed,
                ["successRecordCount"] = job.Processed - job.Errors,
                ["errorRecordCount"] = job.Errors,
                ["inputTokenCount"] = 0,
                ["outputTokenCount"] = 0,
            };
            options.Buckets.Put(bucket, $"{folder}manifest.json.out", manifest.ToJsonString());
        }
    }

    private async Task<string> RunAsync(BatchJob job, string line, CancellationToken cancellationToken)
    {
        var record = JsonNode.Parse(line)!.AsObject();
        job.Processed++;
        try
        {
            using var input = JsonDocument.Parse(record["modelInput"]!.ToJsonString());
            record["modelOutput"] = (await titan.InvokeAsync(input.RootElement, cancellationToken)).Body;
        }
        catch (BedrockRefusal refusal)
        {
            job.Errors++;
            record["error"] = new JsonObject { ["errorCode"] = refusal.Status, ["errorMessage"] = refusal.Message };
        }

        return record.ToJsonString();
    }

    private List<(string Key, ReadOnlyMemory<byte> Bytes)> InputOf(BatchJob job)
    {
        var (bucket, key) = Split(job.InputUri);
        var keys = key.EndsWith(".jsonl", StringComparison.Ordinal) ? [key] : options.Buckets.List(bucket, key.TrimEnd('/') + "/").Where(name => name.EndsWith(".jsonl", StringComparison.Ordinal));
        return [.. from name in keys let bytes = options.Buckets.Find(bucket, name) where bytes is not null select (name, bytes.Value)];
    }

    private static IEnumerable<string> Lines(ReadOnlyMemory<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.Span).Split('\n').Where(line => line.Length > 0);

    private static bool IsRecord(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject record && record["modelInput"] is JsonObject && record["recordId"] is JsonValue;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static (string Bucket, string Key) Split(string uri) =>
        uri["s3://".Length..].Split('/', 2) is [var bucket, var key] ? (bucket, key) : (uri["s3://".Length..], "");
}
