using System.Globalization;

namespace ImageSearch.Spending;

/// <summary>
/// What was spent, by run, day, model and purpose, in one SQLite file: a line for each of these, however many calls there were. It
/// never says less than was spent, also when a process is killed; a power cut may lose the bookings of the last seconds. Safe for many
/// threads, and for several processes on the same file.
/// </summary>
public sealed class SpendLedger : IDisposable
{
    private const decimal NanodollarsPerDollar = 1_000_000_000m;
    private const string DayFormat = "yyyy-MM-dd";

    // Only a checkpoint waits for the disk; after so few pages, a power cut loses few bookings.
    private static readonly SqliteFileKind Kind = new(
        "ledger of spending",
        ApplicationId: 0x4953534C, // "ISSL"
        Version: 1,
        "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16;",
        """
        CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY AUTOINCREMENT, started INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS spending (
            run INTEGER NOT NULL,
            day TEXT NOT NULL,
            model TEXT NOT NULL,
            purpose TEXT NOT NULL,
            calls INTEGER NOT NULL,
            pictures INTEGER NOT NULL,
            input_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL,
            settled INTEGER NOT NULL, -- billionths of a US dollar
            unsettled INTEGER NOT NULL, -- billionths of a US dollar
            call_microseconds INTEGER NOT NULL,
            PRIMARY KEY (run, day, model, purpose)) STRICT, WITHOUT ROWID;
        """,
        "Move it away; what it said is on the provider's bill.",
        (message, cause) => new SpendLedgerException(message, cause));

    private readonly SqliteFile _file;

    private SpendLedger(SqliteFile file) => _file = file;

    /// <summary>Opens the ledger at <paramref name="path"/>, and creates it and its folder where there is none.</summary>
    /// <exception cref="SpendLedgerException">The file is damaged, belongs to something else, was written by a newer version, or cannot be opened.</exception>
    public static SpendLedger Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new SpendLedger(SqliteFile.Open(path, Kind));
    }

    /// <summary>What was spent from a day on, by model, the dearest first.</summary>
    /// <param name="since">The first day, UTC; null for all days.</param>
    /// <exception cref="SpendLedgerException">The file is damaged or cannot be read.</exception>
    public IReadOnlyList<ModelSpend> ByModel(DateOnly? since = null) => _file.Use(() =>
    {
        using var command = _file.Command(
            """
            SELECT model, sum(calls), sum(pictures), sum(input_tokens), sum(output_tokens), sum(settled + unsettled), sum(unsettled)
            FROM spending WHERE day >= $since GROUP BY model ORDER BY sum(settled + unsettled) DESC, model
            """,
            ("$since", Text(since ?? DateOnly.MinValue)));
        using var reader = command.ExecuteReader();
        var models = new List<ModelSpend>();
        while (reader.Read())
        {
            models.Add(new ModelSpend(
                reader.GetString(0),
                reader.GetInt64(1),
                new SpendUsage(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)),
                reader.GetInt64(5) / NanodollarsPerDollar,
                reader.GetInt64(6) / NanodollarsPerDollar));
        }

        return models;
    });

    /// <summary>How long the latest calls of a model took: of the last run, or of so many runs that there are 100 calls; null when there were none.</summary>
    /// <exception cref="SpendLedgerException">The file is damaged or cannot be read.</exception>
    public SpendPace? PaceOf(string model, string purpose) => _file.Use(() =>
    {
        const int Enough = 100;
        using var command = _file.Command(
            "SELECT calls, call_microseconds, day FROM spending WHERE model = $model AND purpose = $purpose AND calls > 0 ORDER BY run DESC, day DESC",
            ("$model", model),
            ("$purpose", purpose));
        using var reader = command.ExecuteReader();
        var (calls, microseconds, since) = (0L, 0L, "");
        while (calls < Enough && reader.Read())
        {
            (calls, microseconds, since) = (calls + reader.GetInt64(0), microseconds + reader.GetInt64(1), reader.GetString(2));
        }

        return calls == 0
            ? null
            : new SpendPace(calls, TimeSpan.FromMicroseconds(microseconds / calls), DateOnly.ParseExact(since, DayFormat, CultureInfo.InvariantCulture));
    });

    /// <summary>Begins a run and gives its number.</summary>
    internal long Begin(DateTimeOffset started) => _file.Use(() =>
        _file.Number("INSERT INTO runs (started) VALUES ($started) RETURNING run", ("$started", started.ToUnixTimeMilliseconds())));

    /// <summary>Says what a line holds now; a run is the only one to write its lines.</summary>
    internal void Write(SpendRow row, long calls, SpendUsage usage, decimal settled, decimal unsettled, TimeSpan callTime) => _file.Use(() =>
        _file.Execute(
            """
            INSERT OR REPLACE INTO spending (run, day, model, purpose, calls, pictures, input_tokens, output_tokens, settled, unsettled, call_microseconds)
            VALUES ($run, $day, $model, $purpose, $calls, $pictures, $input, $output, $settled, $unsettled, $time)
            """,
            ("$run", row.Run),
            ("$day", Text(row.Day)),
            ("$model", row.Model),
            ("$purpose", row.Purpose),
            ("$calls", calls),
            ("$pictures", usage.Pictures),
            ("$input", usage.InputTokens),
            ("$output", usage.OutputTokens),
            ("$settled", Nanodollars(settled)),
            ("$unsettled", Nanodollars(unsettled)),
            ("$time", (long)callTime.TotalMicroseconds)));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Parts of a billionth are rounded up: more may be booked than was spent, never less.
    private static long Nanodollars(decimal dollars) => (long)decimal.Ceiling(dollars * NanodollarsPerDollar);

    private static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
