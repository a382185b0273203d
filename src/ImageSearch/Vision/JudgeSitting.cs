using ImageSearch.Spending;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>What has come of one judging so far.</summary>
internal sealed class JudgeSitting(int pictures, VisionOptions options, ModelPrice price)
{
    private readonly JudgeVerdict?[] _verdicts = new JudgeVerdict?[pictures];
    private readonly List<string> _problems = [];
    private int _cached;
    private int _calls;
    private int _passedOver;
    private int _tokensPerPicture;
    private long _inputTokens;
    private long _outputTokens;

    /// <summary>What it may cost, and does.</summary>
    public SpendCap Cap { get; } = new(options.MaxCost);

    /// <summary>Whether an answer is missing or does not count.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>A verdict was kept from an earlier judging.</summary>
    public void Keep(int index, JudgeVerdict verdict)
    {
        _verdicts[index] = verdict;
        _cached++;
    }

    /// <summary>So many pictures cannot be shown.</summary>
    public void PassOver(int count) => _passedOver += count;

    /// <summary>A call is made.</summary>
    public void Begin(IReadOnlyList<OfferedPicture> offered)
    {
        _calls++;
        _tokensPerPicture = Math.Max(_tokensPerPicture, offered.Max(picture => picture.Shown.Tokens));
    }

    /// <summary>The provider says what was used.</summary>
    public void Count(IEnumerable<UsageContent> usages)
    {
        foreach (var usage in usages)
        {
            _inputTokens += usage.Details.InputTokenCount ?? 0;
            _outputTokens += usage.Details.OutputTokenCount ?? 0;
        }
    }

    /// <summary>The answer of a call counts.</summary>
    public void Accept(IReadOnlyList<OfferedPicture> offered, IReadOnlyList<JudgeVerdict?> verdicts)
    {
        for (var place = 0; place < offered.Count; place++)
        {
            _verdicts[offered[place].Index] = verdicts[place];
        }
    }

    /// <summary>An answer is missing or does not count.</summary>
    public void Fail(string problem)
    {
        HasFailed = true;
        _problems.Add(problem);
    }

    /// <summary>All that came of it.</summary>
    public JudgeStep.Ended End()
    {
        if (_passedOver > 0)
        {
            _problems.Add($"{_passedOver} of the pictures could not be read, and {(_passedOver == 1 ? "was" : "were")} not judged.");
        }

        return new JudgeStep.Ended(_verdicts, new JudgeReport
        {
            Model = options.Model,
            Judged = _verdicts.Count(verdict => verdict is not null),
            Cached = _cached,
            Calls = _calls,
            InputTokens = _inputTokens,
            OutputTokens = _outputTokens,
            TokensPerPicture = _tokensPerPicture,
            Cost = price.IsKnown ? Cap.Taken : null,
            Problems = _problems,
            IsWhole = !HasFailed,
        });
    }
}
