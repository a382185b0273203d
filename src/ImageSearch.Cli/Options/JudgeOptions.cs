using System.CommandLine;
using System.Globalization;
using ImageSearch.Cli.Settings;
using ImageSearch.Searching;
using ImageSearch.Settings;

namespace ImageSearch.Cli.Options;

/// <summary>Whether a model looks at the best hits: <c>--judge</c>, <c>--no-judge</c>, <c>--max-cost</c>.</summary>
internal sealed class JudgeOptions
{
    private const string Flag = "--judge";

    private readonly Option<int?> _judge = new(Flag)
    {
        Description = $"Have a model on Amazon Bedrock look at the N best hits (default {JudgedSearch.UsualHits}, at most {JudgedSearch.MostHits}) after they are shown; it costs money. docs/vision.md tells how much.",
        HelpName = "N",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _noJudge = new("--no-judge") { Description = "Have no model look at hits, whatever the settings say." };
    private readonly SettingFlag _maxCost = new("--max-cost", ImageSearchSettings.MaxCost, "DOLLARS");

    /// <summary>
    /// The arguments with the number that <c>--judge</c> leaves out put in, so that the word behind it stays a word of the query.
    /// </summary>
    public static string[] Completed(string[] arguments)
    {
        var completed = (string[])arguments.Clone();
        for (var i = 0; i < completed.Length && completed[i] != "--"; i++)
        {
            var next = i + 1 < completed.Length ? completed[i + 1] : "";
            if (completed[i] == Flag && !int.TryParse(next, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                completed[i] = $"{Flag}={JudgedSearch.UsualHits}";
            }
        }

        return completed;
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_judge);
        command.Add(_noJudge);
        command.Add(_maxCost);
    }

    /// <summary>How many hits are judged; null for none.</summary>
    /// <exception cref="UsageException">The number is none that can be judged.</exception>
    public int? Read(ParseResult parsed, CliOptions options)
    {
        if (parsed.GetValue(_noJudge))
        {
            return null;
        }

        var judged = parsed.GetValue(_judge) ?? (options.Search.Vision.Judge is > 0 and var always ? always : null);
        return judged is null or (>= 1 and <= JudgedSearch.MostHits)
            ? judged
            : throw new UsageException($"--judge takes a number from 1 to {JudgedSearch.MostHits}, not {judged}.");
    }
}
