using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Collections.Embedded;

/// <summary>
/// A prepared statement that is bound and stepped without boxing or copying: ADO.NET allocates an object for every parameter and
/// every row, which costs more than the statements of this collection. Parameters count from 1, columns from 0.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, double value)
    {
        Check(raw.sqlite3_bind_double(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    public SqliteStatement BindOrNull(int parameter, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, parameter, number) : raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    public SqliteStatement BindOrNull(int parameter, double? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_double(_statement, parameter, number) : raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Binds the parameters of a filter, which come after the statement's own.</summary>
    public SqliteStatement Bind(FilterSql filter)
    {
        for (var i = 0; i < filter.Parameters.Count; i++)
        {
            _ = filter.Parameters[i] switch
            {
                long number => Bind(FilterSql.FirstParameter + i, number),
                double number => Bind(FilterSql.FirstParameter + i, number),
                string text => Bind(FilterSql.FirstParameter + i, text),
                byte[] bytes => Bind(FilterSql.FirstParameter + i, bytes),
                var other => throw new InvalidOperationException($"A filter cannot carry a {other.GetType()}."),
            };
        }

        return this;
    }

    /// <summary>Steps to the next row; at the end the statement is ready to be bound anew.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            // Reset gives the same code again; the message is still the step's.
            _ = raw.sqlite3_reset(_statement);
            Check(result);
        }

        Reset();
        return false;
    }

    /// <summary>Runs a statement that answers nothing, or whose answer is not wanted.</summary>
    public void Execute()
    {
        while (Step())
        {
        }
    }

    /// <summary>Leaves a row that was stepped to, before the end.</summary>
    public void Reset() => Check(raw.sqlite3_reset(_statement));

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }
}
