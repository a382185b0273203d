namespace ImageSearch.Collections.Vectors;

/// <summary>Counts those who use a resource, so that the last one out, and not whoever closes it, releases it.</summary>
internal sealed class UseCount(object owner, Action release)
{
    private int _users = 1;
    private int _closed;

    /// <summary>Whether <see cref="Close"/> was called.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Begins a use, which <see cref="Leave"/> must end.</summary>
    /// <exception cref="ObjectDisposedException">The resource was closed.</exception>
    public void Enter()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf(users == 0 || IsClosed, owner);
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    /// <summary>Ends a use.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            release();
        }
    }

    /// <summary>Lets nobody in from now on.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Leave();
        }
    }
}
