using System.Collections.Immutable;
using System.Threading.Channels;
using ImageSearch.Server.Events;

namespace ImageSearch.Server.Libraries;

/// <summary>Tells everyone who listens; one who is slow loses the oldest events, and keeps nobody waiting. Safe for many threads.</summary>
internal sealed class ServerEvents
{
    private const int Kept = 64;

    private ImmutableList<Channel<ServerEvent>> _listeners = [];

    /// <summary>Whether anybody listens.</summary>
    public bool HasListeners => !Volatile.Read(ref _listeners).IsEmpty;

    /// <summary>An event that tells how far a run has come.</summary>
    public static ServerEvent Of(LibraryProgress progress) => ServerEvent.Of("progress", progress, ServerJson.Default.LibraryProgress);

    /// <summary>An event that tells how the collection stands.</summary>
    public static ServerEvent Of(CollectionNews news) => ServerEvent.Of("collection", news, ServerJson.Default.CollectionNews);

    /// <summary>Tells how far a run has come.</summary>
    public void Publish(LibraryProgress progress) => Publish(Of(progress));

    /// <summary>Tells of a change in the collection.</summary>
    public void Publish(CollectionNews news) => Publish(Of(news));

    /// <summary>What is told from now on, until the token is cancelled.</summary>
    public ChannelReader<ServerEvent> Listen(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ServerEvent>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _ = ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(channel));
        _ = cancellationToken.Register(() =>
        {
            _ = ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Remove(channel));
            _ = channel.Writer.TryComplete();
        });
        return channel.Reader;
    }

    private void Publish(ServerEvent told)
    {
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            _ = listener.Writer.TryWrite(told);
        }
    }
}
