namespace ImageSearch.Qdrant;

/// <summary>Why a call to Qdrant failed.</summary>
internal enum QdrantErrorKind
{
    /// <summary>No connection, or one that broke before the answer was whole.</summary>
    Unreachable,

    /// <summary>No answer in time, by the server's clock (408) or by ours.</summary>
    TimedOut,

    /// <summary>An answer that is not Qdrant's.</summary>
    UnreadableAnswer,

    /// <summary>401: no key, or a wrong one.</summary>
    Unauthorized,

    /// <summary>403: the key may not do this, or the collection is locked.</summary>
    Forbidden,

    /// <summary>404: no such collection, point or route.</summary>
    NotFound,

    /// <summary>409: it is there already.</summary>
    AlreadyExists,

    /// <summary>400 or 422: the request is wrong, or strict mode forbids it.</summary>
    BadRequest,

    /// <summary>The body is larger than the server, or a proxy before it, takes.</summary>
    TooLarge,

    /// <summary>429: too many requests; without a time to wait, this one alone is too much.</summary>
    RateLimited,

    /// <summary>500: the server failed.</summary>
    ServerFailed,

    /// <summary>502, 503 or 504: not ready, or a proxy before it has lost it.</summary>
    Unavailable,

    /// <summary>No space left: 507 by its quota, or 500 by its disk.</summary>
    InsufficientStorage,
}
