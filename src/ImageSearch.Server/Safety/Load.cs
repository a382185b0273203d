namespace ImageSearch.Server.Safety;

/// <summary>What a request costs, and so which limit it counts against.</summary>
internal enum Load
{
    /// <summary>Time of a processor: few at once.</summary>
    Work,

    /// <summary>Bytes that come or go as fast as the other side takes them: many at once.</summary>
    Transfer,

    /// <summary>An answer without end.</summary>
    Stream,

    /// <summary>Next to nothing; answered also where all else is sent away.</summary>
    Free,
}
