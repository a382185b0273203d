using ImageSearch.Captioning;
using ImageSearch.Pacing;
using ImageSearch.Spending;
using ImageSearch.Vision;

namespace ImageSearch;

/// <summary>What asks a model about pictures in one home, put together. Nothing is opened or connected to before it is needed.</summary>
internal sealed class HomeVision : IDisposable
{
    private readonly VisionProvider _provider;
    private readonly VisionProvider _captionProvider;
    private readonly CallPace _captionPace;
    private readonly Lazy<VisionCache> _answers;

    /// <param name="options">Which model, and what it may cost.</param>
    /// <param name="folder">The home folder.</param>
    /// <param name="run">Where calls are booked.</param>
    /// <param name="ledger">Opens the ledger of spending.</param>
    /// <param name="time">The clock.</param>
    public HomeVision(ImageSearchOptions options, string folder, SpendRun run, Func<SpendLedger> ledger, TimeProvider time)
    {
        decimal SpentToday(string model) => ledger()
            .ByModel(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).Where(spent => spent.Model == model).Sum(spent => spent.Dollars);

        // Who waits for a question is answered within seconds or not at all; a library that is described waits for as long as it takes.
        _provider = VisionProvider.OnBedrock(options.Vision, run, SpentToday, retriesFailures: true);
        _captionProvider = VisionProvider.OnBedrock(options.Vision, run, SpentToday, retriesFailures: false);
        _captionPace = new CallPace(
            new CallPaceOptions { Metrics = CallMetrics.Vision, Purpose = Captioner.Purpose, MostAtOnce = LibraryCaptioner.AtOnce, FirstWidth = LibraryCaptioner.AtOnce },
            time,
            new Random());
        _answers = new(() => VisionCache.Open(Path.Combine(folder, "vision.db")));
        Captioner = new(_captionProvider, () => _answers.Value, options.Vision, options.Limits, time, _captionPace);
        Judge = new(_provider, () => _answers.Value, options.Vision, options.Limits, time, new Random());
        Interpreter = new(_provider, () => _answers.Value, options.Vision, time);
        var desk = new QuestionDesk(_provider, () => _answers.Value, options.Vision, options.Limits, time);
        (Asker, Extractor) = (new(desk), new(desk));
    }

    /// <summary>Asks about pictures.</summary>
    public Asker Asker { get; }

    /// <summary>Describes pictures.</summary>
    public Captioner Captioner { get; }

    /// <summary>Reads values out of pictures and documents.</summary>
    public Extractor Extractor { get; }

    /// <summary>Judges pictures.</summary>
    public Judge Judge { get; }

    /// <summary>Reads the plain words of searches.</summary>
    public Interpreter Interpreter { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Dispose();
        _captionProvider.Dispose();
        _captionPace.Dispose();
        if (_answers.IsValueCreated)
        {
            _answers.Value.Dispose();
        }
    }
}
