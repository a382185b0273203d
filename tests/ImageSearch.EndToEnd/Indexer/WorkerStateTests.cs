using ImageSearch.Indexer;
using ImageSearch.Testing;
using Xunit;

namespace ImageSearch.EndToEnd.Indexer;

public sealed class WorkerStateTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new(Start);
    private readonly WorkerState _state;

    public WorkerStateTests() => _state = new WorkerState(_time);

    [Fact]
    public void A_dependency_is_there_again_when_all_who_missed_it_have_got_through()
    {
        _state.Report("photos", "embeddings", "no quota", TimeSpan.FromSeconds(1));
        _state.Report("scans", "embeddings", "no quota", TimeSpan.FromSeconds(1));

        Assert.Empty(_state.Clear("others"));
        Assert.Empty(_state.Clear("photos"));
        Assert.Equal(["embeddings"], _state.Clear("scans"));
        Assert.Empty(_state.Troubles);
    }

    [Fact]
    public void A_trouble_that_goes_on_keeps_its_beginning()
    {
        _state.Report("photos", "embeddings", "no quota", TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromMinutes(5));
        _state.Report("photos", "embeddings", "still none", TimeSpan.FromSeconds(30));

        var trouble = Assert.Single(_state.Troubles);
        Assert.Equal(new Trouble("embeddings", "photos", "still none", Start, Start.AddSeconds(330)), trouble);
    }

    [Fact]
    public void Another_trouble_of_the_same_reporter_takes_the_place_of_the_first()
    {
        _state.Report("photos", "library photos", "not mounted", TimeSpan.FromSeconds(1));
        _state.Report("photos", "embeddings", "no quota", TimeSpan.FromSeconds(1));

        Assert.Equal("embeddings", Assert.Single(_state.Troubles).Dependency);
    }
}
