using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Searching;

namespace ImageSearch.Cli.Options;

/// <summary>Who reads the plain words of a query: <c>--plan</c>, <c>--no-plan</c>, <c>--translate</c>.</summary>
internal sealed class PlanOptions
{
    private readonly Option<bool> _plan = new("--plan")
    {
        Description = "Have a model on Amazon Bedrock read dates, places, cameras and more out of the words; it costs money. Without it, rules read English dates and exclusions.",
    };

    private readonly Option<bool> _noPlan = new("--no-plan") { Description = "Take the words as they stand, whatever the settings say." };
    private readonly Option<bool> _translate = new("--translate") { Description = "Have that model put words of another language into English, which most models of vectors know best." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_plan);
        command.Add(_noPlan);
        command.Add(_translate);
    }

    /// <summary>How the query is planned.</summary>
    /// <param name="parsed">The options given.</param>
    /// <param name="options">The settings.</param>
    /// <param name="today">The day.</param>
    public PlanRequest Read(ParseResult parsed, CliOptions options, DateOnly today) =>
        new(parsed.GetValue(_noPlan) ? QueryPlanning.Off : parsed.GetValue(_plan) ? QueryPlanning.Model : options.Search.Plan, today)
        {
            Translates = parsed.GetValue(_translate) || (options.Search.Translate && !parsed.GetValue(_noPlan)),
        };
}
