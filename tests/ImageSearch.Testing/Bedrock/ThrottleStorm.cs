namespace ImageSearch.Testing.Bedrock;

/// <summary>
/// A provider's bad minutes: calm, then every call is refused, then half, then calm again. The clock begins with the first call. Keeps an
/// account of every second.
/// </summary>
/// <param name="kind">What half means.</param>
/// <param name="rate">Calls a second that are taken where half is a rate.</param>
/// <param name="time">The clock.</param>
public sealed class ThrottleStorm(StormKind kind, double rate, TimeProvider time)
{
    public static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Half = Outage + TimeSpan.FromSeconds(60);
    public static readonly TimeSpan Calm = Half + TimeSpan.FromSeconds(120);

    private static readonly BedrockFault Throttle = new BedrockFault.Error("ThrottlingException", "Too many requests, please wait before trying again.");

    private readonly Lock _gate = new();
    private readonly List<StormSecond> _seconds = [];
    private readonly Random _dice = new(1);
    private long? _began;
    private double _tokens;
    private TimeSpan _filled;

    /// <summary>What came in each second, and what of it was taken.</summary>
    public IReadOnlyList<StormSecond> Seconds
    {
        get
        {
            lock (_gate)
            {
                return [.. _seconds];
            }
        }
    }

    /// <summary>A throttle, or null for a call that is taken.</summary>
    public BedrockFault? Next()
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(_began ??= time.GetTimestamp());
            var isTaken = kind == StormKind.None || now < Outage || now >= Calm || (now >= Half && TakesHalf(now));
            while (_seconds.Count <= (int)now.TotalSeconds)
            {
                _seconds.Add(new StormSecond(0, 0));
            }

            var (taken, refused) = _seconds[^1];
            _seconds[^1] = isTaken ? new StormSecond(taken + 1, refused) : new StormSecond(taken, refused + 1);
            return isTaken ? null : Throttle;
        }
    }

    private bool TakesHalf(TimeSpan now)
    {
        if (kind == StormKind.Dice)
        {
            return _dice.Next(2) == 0;
        }

        // A bucket that holds what one second brings.
        _tokens = Math.Min(rate, _tokens + ((now - _filled).TotalSeconds * rate));
        _filled = now;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}

/// <summary>What "half" means in the middle of a storm.</summary>
public enum StormKind
{
    /// <summary>There is no storm.</summary>
    None,

    /// <summary>Every second call is refused at random, however few there are.</summary>
    Dice,

    /// <summary>Half the rate of calm is taken.</summary>
    Rate,
}

/// <summary>One second's calls.</summary>
/// <param name="Taken">Calls answered.</param>
/// <param name="Refused">Calls throttled.</param>
public readonly record struct StormSecond(int Taken, int Refused);
