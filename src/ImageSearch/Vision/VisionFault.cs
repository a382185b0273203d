namespace ImageSearch.Vision;

/// <summary>Why a model gave no answer about pictures.</summary>
public enum VisionFault
{
    /// <summary>The model does not take this question or these pictures.</summary>
    InputRejected,

    /// <summary>Too many requests or tokens for the moment.</summary>
    Throttled,

    /// <summary>The quota of the day or of the account is used up.</summary>
    QuotaExhausted,

    /// <summary>The credentials are missing, refused or expired, or do not give access to the model.</summary>
    AccessRefused,

    /// <summary>There is no such model or guardrail, or no more, or it cannot be called by this id.</summary>
    ModelUnavailable,

    /// <summary>The provider could not be reached, failed, or broke off its answer.</summary>
    ProviderFailed,

    /// <summary>The answer took too long.</summary>
    TimedOut,

    /// <summary>The model or a guardrail declined to answer.</summary>
    Refused,

    /// <summary>The answer is not what was asked for, or was cut off.</summary>
    UnusableAnswer,

    /// <summary>The call would cost more than may still be spent; it was not made.</summary>
    CostCapReached,
}
