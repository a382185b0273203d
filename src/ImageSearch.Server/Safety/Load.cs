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

    /// <summary>A question to a model, which waits most of its time: some at once, beside the work, so that no search waits for them.</summary>
    Model,

    /// <summary>Next to nothing; answered also where all else is sent away.</summary>
    Free,
}
