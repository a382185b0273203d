using System.Globalization;
using ImageSearch.Spending;

namespace ImageSearch.Embedding.Batch;

/// <summary>Books what jobs cost: set aside before anything is uploaded, and counted as spent once the job is submitted.</summary>
/// <param name="price">What the model costs in batches.</param>
/// <param name="run">Where it is booked.</param>
internal sealed class BatchPurse(ModelPrice price, SpendRun run)
{
    /// <summary>Sets aside what a part costs. Not settled or released, it counts as spent.</summary>
    /// <exception cref="EmbeddingException">It would pass the cap.</exception>
    public SpendReservation Reserve(BatchPart part)
    {
        var usage = new SpendUsage(part.Records, 0);
        return run.TryReserve(price, "batch", usage) ?? throw new EmbeddingException(
            EmbeddingFault.CostCapReached,
            string.Create(
                CultureInfo.InvariantCulture,
                $"A job of {part.Records:N0} pictures costs ${price.Of(usage):0.00####} and would pass the cap of ${run.Cap.Dollars:0.00####}: ${run.Cap.Taken:0.00####} is spent or set aside. To go on, give a higher cap (--max-cost, Spending:MaxCost) or none."));
    }
}
