namespace ImageSearch.Testing.Bedrock;

/// <summary>The faults still to come, in the order in which they were asked for.</summary>
internal sealed class FaultQueue
{
    private readonly List<(BedrockFault Fault, int Left)> _faults = [];
    private readonly Lock _lock = new();

    public void Add(BedrockFault fault)
    {
        lock (_lock)
        {
            _faults.Add((fault, fault.Times));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    public BedrockFault? Take(string operation)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(item => item.Fault.Operation is null || item.Fault.Operation == operation);
            if (index < 0)
            {
                return null;
            }

            var (fault, left) = _faults[index];
            if (left == 1)
            {
                _faults.RemoveAt(index);
            }
            else
            {
                _faults[index] = (fault, left - 1);
            }

            return fault;
        }
    }
}
