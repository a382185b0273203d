namespace ImageSearch.Testing.Qdrant;

/// <summary>The faults still to come, in the order in which they were asked for.</summary>
internal sealed class QdrantFaultQueue
{
    private readonly List<QdrantFault> _faults = [];
    private readonly Lock _lock = new();

    public void Add(QdrantFault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    /// <summary>The first fault that befalls a call, if any; those that let this call pass count it.</summary>
    public QdrantFault? Take(QdrantRoute route)
    {
        lock (_lock)
        {
            for (var i = 0; i < _faults.Count; i++)
            {
                var fault = _faults[i];
                if ((fault.Operation is not null && fault.Operation != route.Operation) || (fault.OnlyWrites && route.Effect == RouteEffect.Reads))
                {
                    continue;
                }

                if (fault.After > 0)
                {
                    _faults[i] = fault with { After = fault.After - 1 };
                    continue;
                }

                if (fault.Times == 1)
                {
                    _faults.RemoveAt(i);
                }
                else
                {
                    _faults[i] = fault with { Times = fault.Times - 1 };
                }

                return fault;
            }

            return null;
        }
    }
}
