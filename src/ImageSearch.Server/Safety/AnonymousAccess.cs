namespace ImageSearch.Server.Safety;

/// <summary>What those may do who give no key.</summary>
internal enum AnonymousAccess
{
    /// <summary>Everything where no key is set and only this machine can connect; else nothing.</summary>
    Auto,

    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Search and look.</summary>
    Read,

    /// <summary>Everything.</summary>
    Write,
}
