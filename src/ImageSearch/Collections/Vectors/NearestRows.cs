namespace ImageSearch.Collections.Vectors;

/// <summary>The best hits seen so far, in the caller's span: a heap whose root is the worst of them.</summary>
internal ref struct NearestRows(Span<VectorHit> hits)
{
    private readonly Span<VectorHit> _hits = hits;
    private int _count;

    /// <summary>Hits kept.</summary>
    public readonly int Count => _count;

    /// <summary>The worst score kept when the span is full; negative infinity before that.</summary>
    public readonly float Floor => _count < _hits.Length ? float.NegativeInfinity : _hits[0].Score;

    /// <summary>The score of the hit at a rank from 1 on, or of the worst where fewer are wanted; negative infinity where fewer are kept.</summary>
    public readonly float ScoreAt(int rank)
    {
        var best = new NearestRows(stackalloc VectorHit[Math.Min(rank, _hits.Length)]);
        foreach (VectorHit hit in _hits[.._count])
        {
            best.Offer(hit);
        }

        return best.Floor;
    }

    /// <summary>Keeps the hit when it is better than the worst one kept, or when there is room.</summary>
    public void Offer(VectorHit hit)
    {
        if (_count < _hits.Length)
        {
            Rise(_count++, hit);
        }
        else if (_count > 0 && hit.CompareTo(_hits[0]) < 0)
        {
            Sink(hit, _count);
        }
    }

    /// <summary>Puts the hits in order, best first; nothing may be offered afterwards.</summary>
    /// <returns>The number of hits.</returns>
    public readonly int Order()
    {
        for (int last = _count - 1; last > 0; last--)
        {
            VectorHit worst = _hits[0];
            Sink(_hits[last], last);
            _hits[last] = worst;
        }

        return _count;
    }

    private readonly void Rise(int at, VectorHit hit)
    {
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (hit.CompareTo(_hits[parent]) <= 0)
            {
                break;
            }

            _hits[at] = _hits[parent];
            at = parent;
        }

        _hits[at] = hit;
    }

    private readonly void Sink(VectorHit hit, int count)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= count)
            {
                break;
            }

            if (child + 1 < count && _hits[child + 1].CompareTo(_hits[child]) > 0)
            {
                child++;
            }

            if (hit.CompareTo(_hits[child]) >= 0)
            {
                break;
            }

            _hits[at] = _hits[child];
            at = child;
        }

        _hits[at] = hit;
    }
}
