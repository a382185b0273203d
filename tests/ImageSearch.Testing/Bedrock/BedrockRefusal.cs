namespace ImageSearch.Testing.Bedrock;

/// <summary>An error that the service answers with.</summary>
internal sealed class BedrockRefusal(string type, string message) : Exception(message)
{
    public string Type { get; } = type;

    public int Status => StatusOf(Type);

    public static BedrockRefusal Validation(string message) => new("ValidationException", message);

    public static BedrockRefusal Malformed(string violation) =>
        Validation($"Malformed input request: {violation}, please reformat your input and try again.");

    /// <summary>The HTTP status that the service model, or for the unmodelled ones the common error list, gives to a type.</summary>
    public static int StatusOf(string type) => type switch
    {
        "ThrottlingException" or "ModelNotReadyException" => 429,
        "ModelTimeoutException" => 408,
        "ModelErrorException" or "ModelStreamErrorException" => 424,
        "ServiceUnavailableException" => 503,
        "InternalServerException" => 500,
        "ResourceNotFoundException" or "UnknownOperationException" => 404,
        "AccessDeniedException" or "UnrecognizedClientException" or "InvalidSignatureException" or "ExpiredTokenException"
            or "MissingAuthenticationTokenException" or "IncompleteSignatureException" => 403,
        _ => 400,
    };
}
