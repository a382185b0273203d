using System.Text.Json.Serialization;

namespace ImageSearch.Embedding.Batch;

/// <summary>A line of a job's input.</summary>
/// <param name="RecordId">Comes back with the answer; the service promises no order.</param>
/// <param name="ModelInput">What InvokeModel would take.</param>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-data.html"/>
internal sealed record BatchInput(string RecordId, TitanRequest ModelInput);

/// <summary>A line of a job's output, without the input that it repeats.</summary>
/// <param name="RecordId">The input's.</param>
/// <param name="ModelOutput">What InvokeModel would answer; null where there is an error.</param>
/// <param name="Error">Why there is none.</param>
/// <seealso href="https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-results.html"/>
internal sealed record BatchOutput(string? RecordId, TitanResponse? ModelOutput, BatchError? Error);

/// <summary>Why a record failed.</summary>
internal sealed record BatchError(int? ErrorCode, string? ErrorMessage);

/// <summary>The JSON of a job's files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BatchInput))]
[JsonSerializable(typeof(BatchOutput))]
internal sealed partial class BatchJson : JsonSerializerContext;
