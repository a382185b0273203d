namespace ImageSearch.Server.Safety;

/// <summary>What a client may do, or an endpoint asks for; each is more than the one before it.</summary>
internal enum Access
{
    /// <summary>Nothing is asked for.</summary>
    Nothing,

    /// <summary>To search and look.</summary>
    Read,

    /// <summary>To change what is indexed.</summary>
    Write,
}
