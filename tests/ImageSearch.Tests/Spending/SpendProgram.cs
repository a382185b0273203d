using System.Globalization;
using ImageSearch.Spending;

namespace ImageSearch.Tests.Spending;

/// <summary>A process that spends until it is killed, and says after each call how much it has spent.</summary>
internal static class SpendProgram
{
    public const string Name = "spend";

    public const int CallsAtOnce = 32;

    public static int Run(string path)
    {
        using var ledger = SpendLedger.Open(path);
        var price = new ModelPrice("model", 0.00006m, 0, new DateOnly(2026, 1, 1));
        var run = new SpendRun(() => ledger, new SpendCap(), TimeProvider.System);
        var open = new Queue<SpendReservation>();
        while (true)
        {
            open.Enqueue(run.TryReserve(price, "document", new SpendUsage(1, 0))!);
            if (open.Count == CallsAtOnce)
            {
                open.Dequeue().Settle(new SpendUsage(1, 0));
                Console.Out.WriteLine(run.Spent.ToString(CultureInfo.InvariantCulture));
                Console.Out.Flush();
            }
        }
    }
}
