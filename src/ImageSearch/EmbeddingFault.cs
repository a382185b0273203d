namespace ImageSearch;

/// <summary>Why a provider gave no embedding.</summary>
public enum EmbeddingFault
{
    /// <summary>This input is not one that the model takes; another may be.</summary>
    InputRejected,

    /// <summary>Too many requests for the moment.</summary>
    Throttled,

    /// <summary>The quota of the day or of the account is used up.</summary>
    QuotaExhausted,

    /// <summary>The credentials are missing, refused or expired, or do not give access to the model.</summary>
    AccessRefused,

    /// <summary>There is no such model, or no more, or it cannot be called by this id.</summary>
    ModelUnavailable,

    /// <summary>The provider could not be reached, or failed.</summary>
    ProviderFailed,

    /// <summary>The provider answered with something that is no embedding.</summary>
    UnusableAnswer,

    /// <summary>The call would cost more than may still be spent; it was not made.</summary>
    CostCapReached,
}
