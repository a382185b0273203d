namespace ImageSearch.Searching;

/// <summary>The vectors of the texts and pictures asked for last, so that turning pages and refining a query embed nothing twice. Thread safe.</summary>
internal sealed class RecentVectors(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<KeyValuePair<string, float[]>>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<KeyValuePair<string, float[]>> _latestFirst = new();
    private readonly Lock _lock = new();

    public float[]? Find(string text)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(text, out var node))
            {
                return null;
            }

            _latestFirst.Remove(node);
            _latestFirst.AddFirst(node);
            return node.Value.Value;
        }
    }

    public void Add(string text, float[] vector)
    {
        lock (_lock)
        {
            if (_nodes.ContainsKey(text))
            {
                return;
            }

            _nodes[text] = _latestFirst.AddFirst(KeyValuePair.Create(text, vector));
            if (_nodes.Count > capacity)
            {
                _ = _nodes.Remove(_latestFirst.Last!.Value.Key); // Not null: the list has just grown.
                _latestFirst.RemoveLast();
            }
        }
    }
}
