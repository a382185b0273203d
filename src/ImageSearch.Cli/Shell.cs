using System.Collections;
using ImageSearch.Cli.Output;

namespace ImageSearch.Cli;

/// <summary>What the program was started in: terminal, environment, current directory, clock.</summary>
/// <param name="Terminal">Where to print.</param>
/// <param name="Environment">Environment variables.</param>
/// <param name="CurrentDirectory">Absolute path; relative paths on the command line are taken from here.</param>
/// <param name="Time">The clock.</param>
internal sealed record Shell(
    Terminal Terminal,
    IReadOnlyDictionary<string, string> Environment,
    string CurrentDirectory,
    TimeProvider Time)
{
    /// <summary>The shell of this process.</summary>
    public static Shell OfThisProcess()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new Shell(new Terminal(environment), environment, System.Environment.CurrentDirectory, TimeProvider.System);
    }

    /// <summary>The absolute form of a path from the command line.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, CurrentDirectory);

    /// <summary>An absolute path as a person reads it: from the current directory where it lies below, on a terminal also from the home directory.</summary>
    public string Shortened(string path)
    {
        var home = Environment.GetValueOrDefault("HOME");
        return path.StartsWith(CurrentDirectory + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path[(CurrentDirectory.Length + 1)..]
            : Terminal.OutIsTerminal && home is { Length: > 1 } && path.StartsWith(home + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                ? "~" + path[home.Length..]
                : path;
    }
}
