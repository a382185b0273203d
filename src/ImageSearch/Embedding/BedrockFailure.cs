using System.Net;
using ImageSearch.Bedrock;

namespace ImageSearch.Embedding;

/// <summary>Says what a refusal of Bedrock means for an embedding, and the cure.</summary>
internal static class BedrockFailure
{
    private static readonly string[] GoneModel = ["model identifier is invalid", "end of its life", "on-demand throughput"];

    public static EmbeddingException From(BedrockException failure, BedrockModel model, string modelId)
    {
        var (fault, message) = failure switch
        {
            ThrottlingException { IsDailyQuota: true } or ServiceQuotaExceededException => (
                EmbeddingFault.QuotaExhausted,
                $"The account's quota for {modelId} is used up: {failure.Message} Go on tomorrow, or ask for a higher quota in the AWS console (Service Quotas, Amazon Bedrock)."),
            ThrottlingException or ModelNotReadyException => (
                EmbeddingFault.Throttled, $"Amazon Bedrock takes no more calls of {modelId} for the moment: {failure.Message}"),
            ResourceNotFoundException => (EmbeddingFault.ModelUnavailable, Unavailable(failure, model, modelId)),
            ValidationException when GoneModel.Any(words => failure.Message.Contains(words, StringComparison.OrdinalIgnoreCase)) =>
                (EmbeddingFault.ModelUnavailable, Unavailable(failure, model, modelId)),
            ValidationException => (EmbeddingFault.InputRejected, $"{modelId} does not take this input: {failure.Message}"),
            AccessDeniedException => (
                EmbeddingFault.AccessRefused,
                $"The credentials may not call {modelId}: {failure.Message} Allow bedrock:InvokeModel for it in IAM, and check that its region is the one set."),
            { StatusCode: HttpStatusCode.Forbidden } => (
                EmbeddingFault.AccessRefused, $"Amazon Bedrock refused the credentials: {failure.Message} Sign in again, or check the keys and the clock."),
            { IsTransient: false, StatusCode: 0 } => (EmbeddingFault.AccessRefused, failure.Message),
            _ => (EmbeddingFault.ProviderFailed, $"Amazon Bedrock gave no embedding: {failure.Message}"),
        };
        return new EmbeddingException(fault, message, failure) { IsTransient = failure.IsTransient && fault != EmbeddingFault.QuotaExhausted, RetryAfter = failure.RetryAfter };
    }

    private static string Unavailable(BedrockException failure, BedrockModel model, string modelId) => modelId == model.Id
        ? $"{modelId} cannot be called in this region: {failure.Message} {model.WhereOffered}"
        : $"There is no model {modelId} to call in this region, or no more: {failure.Message} Set the model id to {model.Id}.";
}
