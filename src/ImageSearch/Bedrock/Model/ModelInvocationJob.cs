using Amazon.Runtime;

namespace ImageSearch.Bedrock.Model;

/// <summary>A call of CreateModelInvocationJob.</summary>
internal sealed class CreateModelInvocationJobRequest : AmazonWebServiceRequest
{
    /// <summary>Up to 63 letters and digits, with hyphens, plus signs and points between them.</summary>
    public required string JobName { get; set; }

    /// <summary>The role that the service takes on to read the input and write the output.</summary>
    public required string RoleArn { get; set; }

    /// <summary>Two requests with the same token make one job.</summary>
    public string? ClientRequestToken { get; set; }

    /// <summary>A model id, an inference profile id or an ARN.</summary>
    public required string ModelId { get; set; }

    public required ModelInvocationJobInputDataConfig InputDataConfig { get; set; }

    public required ModelInvocationJobOutputDataConfig OutputDataConfig { get; set; }

    /// <summary>24 to 168 hours after which the service gives up the job.</summary>
    public int? TimeoutDurationInHours { get; set; }
}

/// <summary>Where a job's input lies.</summary>
internal sealed record ModelInvocationJobInputDataConfig(ModelInvocationJobS3InputDataConfig S3InputDataConfig);

/// <summary>A file of JSON lines in S3, or a folder of such files.</summary>
internal sealed record ModelInvocationJobS3InputDataConfig(string S3Uri)
{
    /// <summary>JSONL, the only one there is.</summary>
    public string? S3InputFormat { get; init; }

    /// <summary>The account that owns the bucket, where it is another.</summary>
    public string? S3BucketOwner { get; init; }
}

/// <summary>Where a job's output goes.</summary>
internal sealed record ModelInvocationJobOutputDataConfig(ModelInvocationJobS3OutputDataConfig S3OutputDataConfig);

/// <summary>A folder in S3; the service makes one in it that is named after the job's id.</summary>
internal sealed record ModelInvocationJobS3OutputDataConfig(string S3Uri)
{
    /// <summary>The KMS key that encrypts the output, where it is not the bucket's.</summary>
    public string? S3EncryptionKeyId { get; init; }

    /// <summary>The account that owns the bucket, where it is another.</summary>
    public string? S3BucketOwner { get; init; }
}

/// <summary>The answer of CreateModelInvocationJob.</summary>
internal sealed record CreateModelInvocationJobResponse(string JobArn);

/// <summary>A call of GetModelInvocationJob.</summary>
internal sealed class GetModelInvocationJobRequest : AmazonWebServiceRequest
{
    /// <summary>The job's ARN.</summary>
    public required string JobIdentifier { get; set; }
}

/// <summary>How far a job is, and what it was asked for.</summary>
/// <param name="JobArn">Ends in the job's id.</param>
/// <param name="JobName">The name it was given.</param>
/// <param name="ModelId">The model that it runs.</param>
/// <param name="Status">One of <see cref="ModelInvocationJobStatus"/>.</param>
/// <param name="Message">Why it failed, where it did.</param>
/// <param name="SubmitTime">When it was submitted.</param>
/// <param name="EndTime">When it ended.</param>
/// <param name="TotalRecordCount">The number of its records; 0 before they are validated.</param>
/// <param name="ProcessedRecordCount">How many were run.</param>
/// <param name="SuccessRecordCount">How many of these went well.</param>
/// <param name="ErrorRecordCount">How many of these did not.</param>
internal sealed record GetModelInvocationJobResponse(
    string JobArn,
    string? JobName,
    string? ModelId,
    string? Status,
    string? Message,
    DateTimeOffset? SubmitTime,
    DateTimeOffset? EndTime,
    long? TotalRecordCount,
    long? ProcessedRecordCount,
    long? SuccessRecordCount,
    long? ErrorRecordCount);

/// <summary>The states of a job, as the service writes them.</summary>
internal static class ModelInvocationJobStatus
{
    public const string Submitted = "Submitted";
    public const string Validating = "Validating";
    public const string Scheduled = "Scheduled";
    public const string InProgress = "InProgress";
    public const string Stopping = "Stopping";
    public const string Completed = "Completed";
    public const string PartiallyCompleted = "PartiallyCompleted";
    public const string Failed = "Failed";
    public const string Stopped = "Stopped";
    public const string Expired = "Expired";
}

/// <summary>A call of StopModelInvocationJob.</summary>
internal sealed class StopModelInvocationJobRequest : AmazonWebServiceRequest
{
    /// <summary>The job's ARN.</summary>
    public required string JobIdentifier { get; set; }
}

/// <summary>A call of ListModelInvocationJobs; what is null does not filter.</summary>
internal sealed class ListModelInvocationJobsRequest : AmazonWebServiceRequest
{
    public DateTimeOffset? SubmitTimeAfter { get; set; }

    public DateTimeOffset? SubmitTimeBefore { get; set; }

    /// <summary>One of <see cref="ModelInvocationJobStatus"/>.</summary>
    public string? StatusEquals { get; set; }

    public string? NameContains { get; set; }

    /// <summary>1 to 1,000.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    /// <summary>CreationTime, the only one there is.</summary>
    public string? SortBy { get; set; }

    /// <summary>Ascending or Descending.</summary>
    public string? SortOrder { get; set; }
}

/// <summary>A page of jobs.</summary>
internal sealed record ListModelInvocationJobsResponse(string? NextToken, IReadOnlyList<ModelInvocationJobSummary>? InvocationJobSummaries);

/// <summary>A job in a list.</summary>
internal sealed record ModelInvocationJobSummary(string JobArn, string JobName, string? Status, string? ClientRequestToken);
