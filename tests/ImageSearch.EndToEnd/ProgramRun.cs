namespace ImageSearch.EndToEnd;

/// <summary>A finished run of the program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Out">All of stdout.</param>
/// <param name="Error">All of stderr.</param>
internal sealed record ProgramRun(int ExitCode, string Out, string Error)
{
    /// <summary>The lines of stdout.</summary>
    public IReadOnlyList<string> OutLines => Out.TrimEnd('\n').Split('\n');
}
