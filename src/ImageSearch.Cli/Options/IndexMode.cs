namespace ImageSearch.Cli.Options;

/// <summary>How far <c>index</c> goes.</summary>
internal enum IndexMode
{
    /// <summary>Index once.</summary>
    Once,

    /// <summary>Say what would be done.</summary>
    DryRun,

    /// <summary>Index, then go on with what changes.</summary>
    Watch,
}
