using System.Net;
using ImageSearch.Bedrock;

namespace ImageSearch.Vision;

/// <summary>Says what a refusal of Bedrock means for a question about pictures, and the cure.</summary>
internal static class ConverseFailure
{
    private static readonly string[] GoneModel = ["model identifier is invalid", "end of its life", "on-demand throughput"];

    /// <summary>The exception to throw instead of <paramref name="failure"/>.</summary>
    public static VisionException From(BedrockException failure, string modelId)
    {
        var (fault, message) = failure switch
        {
            ThrottlingException { IsDailyQuota: true } or ServiceQuotaExceededException => (
                VisionFault.QuotaExhausted,
                $"The account's quota for {modelId} is used up: {failure.Message} Go on tomorrow, or ask for a higher quota in the AWS console (Service Quotas, Amazon Bedrock)."),
            ThrottlingException or ModelNotReadyException => (
                VisionFault.Throttled, $"Amazon Bedrock takes no more calls of {modelId} for the moment: {failure.Message}"),
            ResourceNotFoundException => (VisionFault.ModelUnavailable, Unavailable(failure, modelId)),
            ValidationException when GoneModel.Any(words => failure.Message.Contains(words, StringComparison.OrdinalIgnoreCase)) =>
                (VisionFault.ModelUnavailable, Unavailable(failure, modelId)),
            ValidationException => (VisionFault.InputRejected, $"{modelId} does not take this question: {failure.Message}"),
            ModelErrorException => (VisionFault.InputRejected, $"{modelId} failed at this question: {failure.Message}"),
            AccessDeniedException => (
                VisionFault.AccessRefused,
                $"The credentials may not call {modelId}: {failure.Message} Allow bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream for it in IAM, and check that its region is the one set."),
            { StatusCode: HttpStatusCode.Forbidden } => (
                VisionFault.AccessRefused, $"Amazon Bedrock refused the credentials: {failure.Message} Sign in again, or check the keys and the clock."),
            { IsTransient: false, StatusCode: 0 } => (VisionFault.AccessRefused, failure.Message),
            ModelTimeoutException => (VisionFault.TimedOut, $"{modelId} took too long: {failure.Message}"),
            _ when HasTimedOut(failure) => (VisionFault.TimedOut, failure.Message),
            _ => (VisionFault.ProviderFailed, $"Amazon Bedrock gave no answer: {failure.Message}"),
        };
        return new VisionException(fault, message, failure)
        {
            // A picture that a model sat over for too long would be sat over again.
            IsTransient = failure.IsTransient && fault != VisionFault.QuotaExhausted && failure is not ModelTimeoutException,
            RetryAfter = failure.RetryAfter,
            CostsNothing = (int)failure.StatusCode >= 400 || fault == VisionFault.AccessRefused || WasNeverSent(failure),
        };
    }

    private static bool HasTimedOut(Exception? failure) =>
        failure is not null && (failure is TimeoutException or OperationCanceledException || HasTimedOut(failure.InnerException));

    private static bool WasNeverSent(Exception failure) =>
        failure is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        }
        || (failure.InnerException is { } cause && WasNeverSent(cause));

    private static string Unavailable(BedrockException failure, string modelId) =>
        $"There is no model {modelId} to call in this region, or no more: {failure.Message} Set Vision:Model, for example to {VisionModel.DefaultId}, and check the region and the guardrail.";
}
