using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Spending;

/// <summary>
/// What was spent, by run, day, model and purpose, in one SQLite file: a line for each of these, however many calls there were. It
/// never says less than was spent, also when a process is killed; a power cut may lose the bookings of the last seconds. Safe for many
/// threads, and for several processes on the same file.
/// </summary>
public sealed class SpendLedger : IDisposable
{
    private const int ApplicationId = 0x4953534C; // "ISSL"
    private const int FormatVersion = 1;
    private const int BusyTimeoutMilliseconds = 30_000;
    private const decimal NanodollarsPerDollar = 1_000_000_000m;
    private const string DayFormat = "yyyy-MM-dd";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private SpendLedger(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>Opens the ledger at <paramref name="path"/>, and creates it and its folder where there is none.</summary>
    /// <exception cref="SpendLedgerException">The file is damaged, belongs to something else, was written by a newer version, or cannot be opened.</exception>
    public static SpendLedger Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Pooling = false,
            DefaultTimeout = BusyTimeoutMilliseconds / 1000,
        }.ToString());
        var ledger = new SpendLedger(connection, full);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            ledger.Guarded(ledger.Prepare);
        }
        catch (Exception failure)
        {
            connection.Dispose();
            if (failure is IOException or UnauthorizedAccessException)
            {
                throw new SpendLedgerException(
                    $"The ledger of spending {full} cannot be created: {failure.Message} Give another home folder or the right to write there.", failure);
            }

            throw;
        }

        return ledger;
    }

    /// <summary>What was spent from a day on, by model, the dearest first.</summary>
    /// <param name="since">The first day, UTC; null for all days.</param>
    /// <exception cref="SpendLedgerException">The file is damaged or cannot be read.</exception>
    public IReadOnlyList<ModelSpend> ByModel(DateOnly? since = null) => Guarded(() =>
    {
        using var command = Command(
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
    public SpendPace? PaceOf(string model, string purpose) => Guarded(() =>
    {
        const int Enough = 100;
        using var command = Command(
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
    internal long Begin(DateTimeOffset started) => Guarded(() =>
    {
        using var command = Command("INSERT INTO runs (started) VALUES ($started) RETURNING run", ("$started", started.ToUnixTimeMilliseconds()));
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>Says what a line holds now; a run is the only one to write its lines.</summary>
    internal void Write(SpendRow row, long calls, SpendUsage usage, decimal settled, decimal unsettled, TimeSpan callTime) => Guarded(() =>
    {
        using var command = Command(
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
            ("$time", (long)callTime.TotalMicroseconds));
        command.ExecuteNonQuery();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private void Prepare()
    {
        _connection.Open();
        Execute($"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}");

        // In this order: another process that creates the file meanwhile marks it in the same transaction as its tables.
        var tables = Number("SELECT count(*) FROM sqlite_schema");
        var applicationId = Number("PRAGMA application_id");
        CheckOrigin(tables, applicationId, Number("PRAGMA user_version"));

        // Only a checkpoint waits for the disk; after so few pages, a power cut loses few bookings.
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16;");
        if (applicationId != ApplicationId)
        {
            Create();
        }
    }

    private void Create()
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        Execute(
            $"""
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
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {FormatVersion};
            """);
        transaction.Commit();
    }

    private void CheckOrigin(long tables, long applicationId, long version)
    {
        if (applicationId == ApplicationId && version > FormatVersion)
        {
            throw new SpendLedgerException(
                $"The ledger of spending {_path} has format {version}, and this version knows {FormatVersion}: a newer version wrote it. Use that version.");
        }

        if (applicationId != ApplicationId && (applicationId != 0 || tables > 0))
        {
            throw new SpendLedgerException($"The file {_path} is a database of something else, not a ledger of spending. Move it away.");
        }
    }

    private void Guarded(Action work) => Guarded(() =>
    {
        work();
        return true;
    });

    private T Guarded<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (SqliteException failure)
            {
                throw new SpendLedgerException(Explain(failure), failure);
            }
        }
    }

    private string Explain(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_NOTADB => $"The file {_path} is not a ledger of spending: it is no SQLite database. Move it away; what it should say is on the provider's bill.",
        SQLitePCL.raw.SQLITE_CORRUPT => $"The ledger of spending {_path} is damaged. Move it away; what it said is on the provider's bill.",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            $"The ledger of spending {_path} was locked by another process for {BusyTimeoutMilliseconds / 1000} seconds. Try again when that process is done.",
        SQLitePCL.raw.SQLITE_FULL => $"There is no space left for the ledger of spending {_path}, and nothing is spent that cannot be booked. Free some space and run again.",
        SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM =>
            $"The ledger of spending {_path} cannot be opened for writing: {failure.Message}. Check the path and its permissions.",
        _ => $"The ledger of spending {_path} failed: {failure.Message}. If it fails again, move the file away; what it said is on the provider's bill.",
    };

    // Parts of a billionth are rounded up: more may be booked than was spent, never less.
    private static long Nanodollars(decimal dollars) => (long)decimal.Ceiling(dollars * NanodollarsPerDollar);

    private static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private long Number(string sql)
    {
        using var command = Command(sql);
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }
}
