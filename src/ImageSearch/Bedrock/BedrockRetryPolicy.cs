using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ImageSearch.Bedrock.Model;

namespace ImageSearch.Bedrock;

/// <summary>
/// The Core's standard retries in every retry mode (its adaptive mode fails a lone throttled caller after half a minute), except that
/// a conversation that timed out is not asked again: the service was still answering, and each attempt is paid. Where the caller tries
/// again by itself, only what the Core mends within a call is left: a clock that is off.
/// </summary>
internal sealed class BedrockRetryPolicy : StandardRetryPolicy
{
    private readonly bool _retries;

    public BedrockRetryPolicy(BedrockServiceConfig config)
        : base(config)
    {
        _retries = config.RetriesFailures;
        MaxBackoffInMilliseconds = (int)config.MaxRetryWait.TotalMilliseconds;
    }

    public override bool RetryForException(IExecutionContext executionContext, Exception exception) =>
        _retries && !IsPaidTimeout(executionContext, exception) && base.RetryForException(executionContext, exception);

    public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
        _retries && !IsPaidTimeout(executionContext, exception) && await base.RetryForExceptionAsync(executionContext, exception);

    private static bool IsPaidTimeout(IExecutionContext context, Exception exception) =>
        context.RequestContext.OriginalRequest is ConverseRequest && IsTimeout(exception);

    private static bool IsTimeout(Exception? exception) =>
        exception is not null && (exception is TimeoutException or OperationCanceledException || IsTimeout(exception.InnerException));
}
