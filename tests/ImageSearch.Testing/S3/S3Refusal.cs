using ImageSearch.Testing.Bedrock;

namespace ImageSearch.Testing.S3;

/// <summary>An error that S3 answers with.</summary>
internal sealed class S3Refusal(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    public int Status => StatusOf(Code);

    /// <summary>What S3 calls a refused signature.</summary>
    public static S3Refusal From(BedrockRefusal refusal) => new(
        refusal.Type switch
        {
            "MissingAuthenticationTokenException" => "AccessDenied",
            "UnrecognizedClientException" => "InvalidAccessKeyId",
            "ExpiredTokenException" => "ExpiredToken",
            "IncompleteSignatureException" => "AuthorizationHeaderMalformed",
            _ when refusal.Message.Contains("is not within", StringComparison.Ordinal) => "RequestTimeTooSkewed",
            _ when refusal.Message.Contains("scoped", StringComparison.Ordinal) => "AuthorizationHeaderMalformed",
            _ => "SignatureDoesNotMatch",
        },
        refusal.Message);

    /// <summary>The HTTP status that the service's list of errors gives to a code.</summary>
    public static int StatusOf(string code) => code switch
    {
        "NoSuchKey" or "NoSuchBucket" or "NoSuchUpload" => 404,
        "AccessDenied" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "RequestTimeTooSkewed" => 403,
        "PreconditionFailed" => 412,
        "InvalidRange" => 416,
        "NotImplemented" => 501,
        "SlowDown" or "ServiceUnavailable" => 503,
        "InternalError" => 500,
        _ => 400,
    };
}
