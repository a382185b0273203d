using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ImageSearch.Vision;

/// <summary>
/// The judge's answer on the pictures of one call, read while it comes. Only labels that were offered count, each once: whatever a picture
/// makes a model say, what comes out of here is a verdict on some of the offered pictures and nothing else.
/// </summary>
/// <param name="labels">The labels that were offered, in order.</param>
internal sealed class JudgeAnswer(IReadOnlyList<string> labels)
{
    private const int LongestAnswer = 100_000;

    private readonly JsonObjects _objects = new();
    private readonly JudgeVerdict?[] _verdicts = new JudgeVerdict?[labels.Count];
    private string? _complaint;

    /// <summary>The verdicts so far, by the places of the labels.</summary>
    public IReadOnlyList<JudgeVerdict?> Verdicts => _verdicts;

    /// <summary>Whether the answer has grown beyond all that was asked for.</summary>
    public bool IsTooLong => _objects.Length > LongestAnswer;

    /// <summary>The verdicts that end within the next piece, with the places of their labels.</summary>
    public IReadOnlyList<(int Place, JudgeVerdict Verdict)> Take(string piece)
    {
        var judged = new List<(int, JudgeVerdict)>();
        foreach (var text in _objects.Take(piece))
        {
            if (Read(text) is not var (place, verdict))
            {
                continue;
            }

            if (_verdicts[place] is not null)
            {
                Complain("it judged one picture twice");
                continue;
            }

            _verdicts[place] = verdict;
            judged.Add((place, verdict));
        }

        return judged;
    }

    /// <summary>Why the answer does not count; null where it does.</summary>
    public string? Problem(ChatFinishReason? reason)
    {
        var missing = _verdicts.Count(verdict => verdict is null);
        return reason == ChatFinishReason.ContentFilter ? "it was refused by the model or its guardrail"
            : reason == ChatFinishReason.Length || IsTooLong ? "it was cut off before its end"
            : _complaint is not null ? _complaint
            : missing == labels.Count ? "it holds no verdict in the form that was asked for"
            : missing > 0 ? $"it leaves out {missing} of {labels.Count} pictures"
            : reason != ChatFinishReason.Stop ? "it did not end as it should" : null;
    }

    private (int Place, JudgeVerdict Verdict)? Read(string text)
    {
        VerdictAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(text, VisionJson.Default.VerdictAnswer);
        }
        catch (JsonException)
        {
            Complain("a verdict is not in the form that was asked for");
            return null;
        }

        if (answer?.Label is not { } label)
        {
            return null;
        }

        var place = PlaceOf(label);
        if (place < 0)
        {
            Complain("it names a picture that it was not shown");
            return null;
        }

        if (DecisionOf(answer.Verdict) is not { } decision || answer.Grade is not (>= 0 and <= JudgeVerdict.BestGrade))
        {
            Complain("a verdict is not in the form that was asked for");
            return null;
        }

        return (place, new JudgeVerdict(decision, (int)Math.Round(answer.Grade.Value), ModelText.OneLine(answer.Reason, JudgeVerdict.LongestReason)));
    }

    private int PlaceOf(string label)
    {
        for (var place = 0; place < labels.Count; place++)
        {
            if (labels[place] == label)
            {
                return place;
            }
        }

        return -1;
    }

    private static JudgeDecision? DecisionOf(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "keep" => JudgeDecision.Keep,
        "unsure" => JudgeDecision.Unsure,
        "drop" => JudgeDecision.Drop,
        _ => null,
    };

    private void Complain(string complaint) => _complaint ??= complaint;
}
