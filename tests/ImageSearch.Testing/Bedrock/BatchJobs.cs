using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace ImageSearch.Testing.Bedrock;

/// <summary>The control plane of batch inference: submits, shows, stops and lists jobs.</summary>
internal sealed partial class BatchJobs(FakeBedrockOptions options, TitanImageEmbedding titan) : IDisposable
{
    private readonly List<BatchJob> _jobs = [];
    private readonly ConcurrentQueue<FakeJobScript> _scripts = new();
    private readonly BatchRecords _records = new(options.Batch, titan);
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Says what becomes of the next job that is submitted.</summary>
    public void Script(FakeJobScript script) => _scripts.Enqueue(script);

    public async Task<FakeAnswer> AnswerAsync(BedrockRoute route, string rawTarget, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return new FakeAnswer(route.Operation switch
            {
                "CreateModelInvocationJob" => Create(BedrockOperations.Parse(body)),
                "GetModelInvocationJob" => await LookAsync(Find(route.Subject), cancellationToken),
                "StopModelInvocationJob" => Stop(Find(route.Subject)),
                _ => List(QueryHelpers.ParseQuery(rawTarget.Split('?', 2) is [_, var query] ? query : "").ToDictionary(pair => pair.Key, pair => pair.Value.ToString())),
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private JsonObject Create(JsonElement request)
    {
        Check(request, "jobName", JobName());
        Check(request, "roleArn", RoleArn());
        Check(request, "clientRequestToken", Token(), isRequired: false);
        var model = Check(request, "modelId", AnyText());
        CheckPlace(request, "inputDataConfig", "s3InputDataConfig");
        CheckPlace(request, "outputDataConfig", "s3OutputDataConfig");
        if (request.TryGetProperty("timeoutDurationInHours", out var hours) && hours.GetInt32() is < 24 or > 168)
        {
            throw BedrockRefusal.Validation("1 validation error detected: Value at 'timeoutDurationInHours' failed to satisfy constraint: Member must have value between 24 and 168");
        }

        if (FakeModel.Find(model, options).Kind != FakeModelKind.TitanImageEmbedding)
        {
            throw BedrockRefusal.Validation("The provided model doesn't support batch inference.");
        }

        var token = request.TryGetProperty("clientRequestToken", out var given) ? given.GetString() : null;
        if (token is not null && _jobs.Find(job => job.Token == token) is { } same)
        {
            return new JsonObject { ["jobArn"] = same.Arn };
        }

        if (_jobs.Count(job => !job.HasEnded) >= options.Batch.JobsAtOnce)
        {
            throw new BedrockRefusal("ServiceQuotaExceededException", $"The number of in-progress and submitted batch inference jobs is at its maximum of {options.Batch.JobsAtOnce}.");
        }

        var id = (_jobs.Count + 1).ToString("x12", CultureInfo.InvariantCulture);
        var script = _scripts.TryDequeue(out var scripted) ? scripted : options.Batch.Script;
        var made = new BatchJob($"arn:aws:bedrock:{options.Region}:123456789012:model-invocation-job/{id}", request.Clone(), script, options.Time.GetUtcNow());
        _jobs.Add(made);
        return new JsonObject { ["jobArn"] = made.Arn };
    }

    private async Task<JsonObject> LookAsync(BatchJob job, CancellationToken cancellationToken)
    {
        if (!job.HasEnded)
        {
            if (job.Status == "Stopping")
            {
                End(job, "Stopped", null);
            }
            else if (job.NextStatus() is { } next)
            {
                job.Status = next;
                if (next == "Scheduled" && _records.WhyInvalid(job) is { } reason)
                {
                    End(job, "Failed", reason);
                }
            }
            else
            {
                await _records.RunAsync(job, cancellationToken);
                End(job, job.Script.End, job.Script.Message);
            }
        }

        return job.ToJson();
    }

    private void End(BatchJob job, string status, string? message) =>
        (job.Status, job.Message, job.EndTime) = (status, message, options.Time.GetUtcNow());

    private static JsonObject Stop(BatchJob job)
    {
        job.Status = job.HasEnded
            ? throw new BedrockRefusal("ConflictException", $"The job {job.Arn} has already ended with the status {job.Status}.")
            : "Stopping";
        return [];
    }

    private JsonObject List(Dictionary<string, string> query)
    {
        var found = Enumerable.Reverse(_jobs)
            .Where(job => job.Name.Contains(query.GetValueOrDefault("nameContains", ""), StringComparison.Ordinal))
            .Where(job => !query.TryGetValue("statusEquals", out var status) || job.Status == status)
            .ToList();
        var from = query.TryGetValue("nextToken", out var token) ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        var size = query.TryGetValue("maxResults", out var most) ? int.Parse(most, CultureInfo.InvariantCulture) : 100;
        var page = new JsonObject { ["invocationJobSummaries"] = new JsonArray([.. found.Skip(from).Take(size).Select(job => (JsonNode)job.ToJson())]) };
        if (found.Count > from + size)
        {
            page["nextToken"] = $"{from + size}";
        }

        return page;
    }

    private BatchJob Find(string identifier) =>
        _jobs.Find(job => job.Arn == identifier || job.Id == identifier)
        ?? throw new BedrockRefusal("ResourceNotFoundException", $"The job {identifier} was not found.");

    private static void CheckPlace(JsonElement request, string config, string place)
    {
        if (!request.TryGetProperty(config, out var outer) || !outer.TryGetProperty(place, out var inner))
        {
            throw BedrockRefusal.Validation($"1 validation error detected: Value at '{config}' failed to satisfy constraint: Member must not be null");
        }

        Check(inner, "s3Uri", S3Uri());
    }

    private static string Check(JsonElement holder, string name, Regex pattern, bool isRequired = true)
    {
        var text = holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        return text is null && !isRequired || text is not null && pattern.IsMatch(text)
            ? text ?? ""
            : throw BedrockRefusal.Validation($"1 validation error detected: Value '{text}' at '{name}' failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern}");
    }

    [GeneratedRegex("^[a-zA-Z0-9](-*[a-zA-Z0-9+.-]){0,62}$")]
    private static partial Regex JobName();

    [GeneratedRegex("^arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+$")]
    private static partial Regex RoleArn();

    [GeneratedRegex("^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,255}$")]
    private static partial Regex Token();

    [GeneratedRegex("^s3://[a-z0-9][.a-z0-9-]{1,61}[a-z0-9](/.*)?$")]
    private static partial Regex S3Uri();

    [GeneratedRegex("^.+$")]
    private static partial Regex AnyText();
}
