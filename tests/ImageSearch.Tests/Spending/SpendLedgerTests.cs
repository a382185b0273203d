using System.Diagnostics;
using System.Globalization;
using ImageSearch.Spending;
using ImageSearch.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace ImageSearch.Tests.Spending;

public sealed class SpendLedgerTests : IDisposable
{
    private static readonly ModelPrice Price = new("model", 0.00006m, 0, new DateOnly(2026, 1, 1));

    private readonly TempFolder _folder = new();

    private string LedgerPath => Path.Combine(_folder.Path, "deeper", "spend.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_booked_is_there_after_the_next_opening_the_dearest_model_first()
    {
        using (var ledger = SpendLedger.Open(LedgerPath))
        {
            Spend(ledger, Price, 3);
            Spend(ledger, Price with { Model = "dear", PerPicture = 1.5m }, 2);
        }

        using var reopened = SpendLedger.Open(LedgerPath);

        Assert.Collection(
            reopened.ByModel(),
            dear => Assert.Equal(new ModelSpend("dear", 2, new SpendUsage(2, 0), 3, 0), dear),
            cheap => Assert.Equal(new ModelSpend("model", 3, new SpendUsage(3, 0), 0.00018m, 0), cheap));
    }

    [Fact]
    public void What_is_less_than_a_billionth_is_booked_as_one()
    {
        using var ledger = SpendLedger.Open(LedgerPath);

        Spend(ledger, Price with { PerPicture = 0.0000000001m }, 1);

        Assert.Equal(0.000000001m, Assert.Single(ledger.ByModel()).Dollars);
    }

    [Fact]
    public async Task Several_openings_book_at_the_same_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var ledger = SpendLedger.Open(LedgerPath);
                Spend(ledger, Price, 50);
            },
            TaskCreationOptions.LongRunning)));

        using var reader = SpendLedger.Open(LedgerPath);
        Assert.Equal(new ModelSpend("model", 200, new SpendUsage(200, 0), 0.012m, 0), Assert.Single(reader.ByModel()));
    }

    [Fact]
    public async Task A_process_that_is_killed_has_booked_all_that_it_spent()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(SpendProgram).Assembly.Location, SpendProgram.Name, LedgerPath]) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var spent = 0m;
        for (var call = 0; call < 500; call++)
        {
            spent = decimal.Parse(await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The child has ended."), CultureInfo.InvariantCulture);
        }

        child.Kill();
        spent = (await child.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipLast(1)
            .Select(line => decimal.Parse(line, CultureInfo.InvariantCulture)).LastOrDefault(spent);
        await child.WaitForExitAsync();

        using var reader = SpendLedger.Open(LedgerPath);
        var booked = Assert.Single(reader.ByModel());
        Assert.InRange(booked.Dollars, spent, (2 * spent) + (SpendProgram.CallsAtOnce * Price.PerPicture));
        Assert.InRange(booked.Unsettled, 0.000000001m, booked.Dollars);
    }

    [Fact]
    public void A_damaged_file_is_a_clear_error()
    {
        using (var ledger = SpendLedger.Open(LedgerPath))
        {
            Spend(ledger, Price, 5);
        }

        using (var file = File.OpenWrite(LedgerPath))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xAB, (int)file.Length - 4096).ToArray());
        }

        var refused = Assert.Throws<SpendLedgerException>(() =>
        {
            using var ledger = SpendLedger.Open(LedgerPath);
            ledger.ByModel();
        });

        Assert.Contains("is damaged. Move it away; what it said is on the provider's bill.", refused.Message, StringComparison.Ordinal);
    }

    private static void Spend(SpendLedger ledger, ModelPrice price, int pictures)
    {
        var run = new SpendRun(() => ledger, new SpendCap(), TimeProvider.System);
        for (var picture = 0; picture < pictures; picture++)
        {
            run.TryReserve(price, "document", new SpendUsage(1, 0))!.Dispose();
        }
    }

    private object? Execute(string sql)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LedgerPath)!);
        using var connection = new SqliteConnection($"Data Source={LedgerPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
