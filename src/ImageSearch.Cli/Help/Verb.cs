using System.CommandLine;

namespace ImageSearch.Cli.Help;

/// <summary>A command that shows how it is used.</summary>
internal sealed class Verb(string name, string summary, params Example[] examples) : Command(name, summary)
{
    /// <summary>Shown under the command's help and in the reference.</summary>
    public IReadOnlyList<Example> Examples { get; } = examples;
}
