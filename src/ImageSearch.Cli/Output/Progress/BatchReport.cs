using System.Globalization;
using ImageSearch.Embedding;

namespace ImageSearch.Cli.Output.Progress;

/// <summary>Says on stderr what a batch does, a line a step.</summary>
internal sealed class BatchReport(Terminal terminal) : IProgress<BatchStep>
{
    private const int PreparedPerLine = 1000;
    private const int ShownRefusals = 20;

    private string _waiting = "";
    private int _open;
    private int _refused;

    /// <inheritdoc/>
    public void Report(BatchStep value)
    {
        _open += value switch
        {
            BatchStep.Resumed resumed => resumed.UnderWay,
            BatchStep.Submitted => 1,
            BatchStep.Loaded => -1,
            _ => 0,
        };
        if (LineOf(value) is { } line)
        {
            terminal.Error.WriteLine(SafeText.OneLine("batch: " + line));
            terminal.Error.Flush();
        }
    }

    /// <summary>Says how to come back to jobs that have not been loaded; nothing where there are none.</summary>
    public void SayWhatGoesOn()
    {
        if (_open > 0)
        {
            terminal.Error.WriteLine($"batch: {Counted.Text(_open, "job")} {(_open == 1 ? "goes" : "go")} on at Amazon Bedrock. Run the same command again to collect what {(_open == 1 ? "it makes" : "they make")}.");
        }
    }

    private string? LineOf(BatchStep step) => step switch
    {
        BatchStep.Resumed resumed => $"going on with {Counted.Text(resumed.Jobs, "job")} of an earlier run, {Counted.Text(resumed.Pictures, "picture")}",
        BatchStep.Prepared prepared when prepared.Pictures % PreparedPerLine == 0 => string.Create(CultureInfo.InvariantCulture, $"{prepared.Pictures:N0} pictures made ready"),
        BatchStep.Uploaded uploaded => $"{Counted.Text(uploaded.Pictures, "picture")} ({ByteSize.Text(uploaded.Bytes)}) uploaded to {uploaded.Address}",
        BatchStep.Submitted submitted => $"job submitted: {submitted.JobArn}",
        BatchStep.TooFew few => $"{Counted.Text(few.Pictures, "picture")} left, fewer than the {few.Minimum} that a job needs: embedded on demand",
        BatchStep.Waiting waiting => Waiting(waiting),
        BatchStep.Loaded loaded => $"job {loaded.State}: {Counted.Text(loaded.Embedded, "picture")} embedded"
            + (loaded.Failed > 0 ? $", {loaded.Failed} refused" : "") + (loaded.Missing > 0 ? $", {loaded.Missing} without an answer" : ""),
        BatchStep.Refused refused when ++_refused <= ShownRefusals => $"{refused.Path}: {refused.Reason}",
        _ => null,
    };

    private string? Waiting(BatchStep.Waiting waiting)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Counted.Text(waiting.Jobs, "job")} {waiting.State}, {waiting.Processed:N0} of {Counted.Text(waiting.Pictures, "picture")} done");
        var isNew = line != _waiting;
        _waiting = line;
        return isNew ? line : null;
    }
}
