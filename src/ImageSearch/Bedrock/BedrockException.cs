using Amazon.Runtime;

namespace ImageSearch.Bedrock;

/// <summary>
/// The service refused a request, or could not be reached. The derived types carry the service's own names; an error that it gives no
/// known name stays a plain <see cref="BedrockException"/>.
/// </summary>
internal class BedrockException(string message, Exception? innerException = null) : AmazonServiceException(message, innerException)
{
    /// <summary>True when the same request may succeed later.</summary>
    public bool IsTransient { get; set; }

    /// <summary>How long the service, or a proxy before it, asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>The status that the model behind the service answered with, where it says so.</summary>
    public int? OriginalStatusCode { get; set; }

    /// <summary>The exception that carries the service's name <paramref name="type"/>.</summary>
    public static BedrockException Create(string? type, string message, Exception? innerException = null) => type switch
    {
        "AccessDeniedException" => new AccessDeniedException(message, innerException),
        "ConflictException" => new ConflictException(message, innerException),
        "InternalServerException" => new InternalServerException(message, innerException),
        "ModelErrorException" => new ModelErrorException(message, innerException),
        "ModelNotReadyException" => new ModelNotReadyException(message, innerException),
        "ModelStreamErrorException" => new ModelStreamErrorException(message, innerException),
        "ModelTimeoutException" => new ModelTimeoutException(message, innerException),
        "ResourceNotFoundException" => new ResourceNotFoundException(message, innerException),
        "ServiceQuotaExceededException" => new ServiceQuotaExceededException(message, innerException),
        "ServiceUnavailableException" => new ServiceUnavailableException(message, innerException),
        "ThrottlingException" => new ThrottlingException(message, innerException),
        "ValidationException" => new ValidationException(message, innerException),
        _ => new BedrockException(message, innerException),
    };
}

/// <summary>The caller may not do this, or was not given access to the model.</summary>
internal sealed class AccessDeniedException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>The request contradicts the state of what it is about.</summary>
internal sealed class ConflictException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>The service failed.</summary>
internal sealed class InternalServerException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>The model failed.</summary>
internal sealed class ModelErrorException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>The model is being loaded; the service model marks the error as one to retry.</summary>
internal sealed class ModelNotReadyException(string message, Exception? innerException) : BedrockException(message, innerException)
{
    /// <inheritdoc/>
    public override RetryableDetails Retryable { get; } = new(throttling: false);
}

/// <summary>The model failed while it streamed.</summary>
internal sealed class ModelStreamErrorException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>The model took too long.</summary>
internal sealed class ModelTimeoutException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>There is no such model or guardrail, or the model has reached the end of its life.</summary>
internal sealed class ResourceNotFoundException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>The account's quota does not allow this.</summary>
internal sealed class ServiceQuotaExceededException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>The service is not available for the moment.</summary>
internal sealed class ServiceUnavailableException(string message, Exception? innerException) : BedrockException(message, innerException);

/// <summary>Too many requests or tokens.</summary>
internal sealed class ThrottlingException(string message, Exception? innerException) : BedrockException(message, innerException)
{
    /// <summary>True when the day's quota is used up, so that waiting for seconds is useless.</summary>
    public bool IsDailyQuota => Message.Contains("per day", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The request is not one that the model takes.</summary>
internal sealed class ValidationException(string message, Exception? innerException) : BedrockException(message, innerException);
