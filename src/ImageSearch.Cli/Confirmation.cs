using System.CommandLine;
using ImageSearch.Cli.Output;

namespace ImageSearch.Cli;

/// <summary>Asks before something is done that cannot be taken back or costs money.</summary>
internal static class Confirmation
{
    /// <summary>The option that agrees beforehand.</summary>
    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask." };

    /// <summary>Whether the person agrees.</summary>
    /// <param name="terminal">Where the question is put.</param>
    /// <param name="deed">What is about to be done, for example <c>Forget library photos</c>.</param>
    /// <param name="reassurance">What stays, as a sentence.</param>
    /// <exception cref="UsageException">Nobody can be asked here.</exception>
    public static bool Given(Terminal terminal, string deed, string reassurance)
    {
        if (Console.IsInputRedirected || !terminal.ErrorIsTerminal)
        {
            throw new UsageException($"\"{deed}\" needs a confirmation, and nobody can be asked here. Add --yes.");
        }

        terminal.Error.Write($"{deed}? {reassurance} [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
