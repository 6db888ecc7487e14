using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace AgentScaler.Storage;

/// <summary>
/// State rows in one SQLite file, shared by threads and processes (write-ahead log; writers wait for each other up to
/// <see cref="BusySeconds"/>). An ETag is the number of the write that made the row, counted over the whole file, so a row that was deleted
/// and made again never shows an old ETag.
/// </summary>
public sealed class SqliteStateStore : IStateStore, IDisposable
{
    /// <summary>Seconds a write waits for other writers before it fails.</summary>
    public const int BusySeconds = 30;

    private readonly string path;
    private readonly string connectionString;

    /// <summary>Opens the file, creating it and its tables if needed.</summary>
    /// <exception cref="StoreException">The file can't be made or opened, or is no SQLite database.</exception>
    public SqliteStateStore(string path)
    {
        this.path = Path.GetFullPath(path);
        connectionString = new SqliteConnectionStringBuilder { DataSource = this.path, DefaultTimeout = BusySeconds }.ToString();
        try
        {
            using var connection = Open();
            Execute(
                connection,
                """
                PRAGMA journal_mode = WAL;
                CREATE TABLE IF NOT EXISTS writes (only INTEGER PRIMARY KEY CHECK (only = 1), last INTEGER NOT NULL);
                INSERT OR IGNORE INTO writes VALUES (1, 0);
                CREATE TABLE IF NOT EXISTS rows (
                    partition TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL,
                    PRIMARY KEY (partition, key)) WITHOUT ROWID;
                """);
        }
        catch (SqliteException e)
        {
            throw Fault("open", e);
        }
    }

    /// <inheritdoc/>
    public Task<StateRow?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StateLimits.CheckKey("partition", partition);
        StateLimits.CheckKey("key", key);
        try
        {
            using var connection = Open();
            return Task.FromResult(Find(connection, partition, key));
        }
        catch (SqliteException e)
        {
            throw Fault("read", e);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StateRow> ListAsync(
        string partition, string keyPrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StateLimits.CheckKey("partition", partition);
        using var connection = Guarded(Open);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT partition, key, value, version FROM rows WHERE partition = $partition AND key >= $prefix ORDER BY key";
        command.Parameters.AddWithValue("$partition", partition);
        command.Parameters.AddWithValue("$prefix", keyPrefix);
        using var reader = Guarded(command.ExecuteReader);
        while (Guarded(reader.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = Row(reader);
            if (!row.Key.StartsWith(keyPrefix, StringComparison.Ordinal))
            {
                break;
            }

            yield return row;
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string?>> WriteAsync(string partition, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StateLimits.Check(partition, writes);
        try
        {
            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            var etags = new string?[writes.Count];
            for (var i = 0; i < writes.Count; i++)
            {
                etags[i] = Write(connection, partition, writes[i]);
            }

            transaction.Commit();
            return Task.FromResult<IReadOnlyList<string?>>(etags);
        }
        catch (SqliteException e)
        {
            throw Fault("write", e);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static string? Write(SqliteConnection connection, string partition, StateWrite write)
    {
        if (write.ETag is { } expected)
        {
            var current = Find(connection, partition, write.Key)?.ETag ?? StateWrite.Absent;
            if (current != expected)
            {
                throw new StateConflictException(partition, write.Key, expected == StateWrite.Absent ? "no row" : $"version {expected}");
            }
        }

        if (write.Value is null)
        {
            Execute(connection, "DELETE FROM rows WHERE partition = $0 AND key = $1", partition, write.Key);
            return null;
        }

        var version = (long)Execute(connection, "UPDATE writes SET last = last + 1 RETURNING last")!;
        Execute(
            connection,
            "INSERT OR REPLACE INTO rows (partition, key, value, version) VALUES ($0, $1, $2, $3)",
            partition,
            write.Key,
            write.Value,
            version);
        return version.ToString(CultureInfo.InvariantCulture);
    }

    private static StateRow? Find(SqliteConnection connection, string partition, string key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT partition, key, value, version FROM rows WHERE partition = $partition AND key = $key";
        command.Parameters.AddWithValue("$partition", partition);
        command.Parameters.AddWithValue("$key", key);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Row(reader) : null;
    }

    private static StateRow Row(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3).ToString(CultureInfo.InvariantCulture));

    private static object? Execute(SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), values[i]);
        }

        return command.ExecuteScalar();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA busy_timeout = " + (BusySeconds * 1000).ToString(CultureInfo.InvariantCulture) + "; PRAGMA synchronous = NORMAL");
        return connection;
    }

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw Fault("read", e);
        }
    }

    private StoreException Fault(string action, SqliteException fault) =>
        new($"cannot {action} the state store '{path}': {fault.Message.TrimEnd('.')}; see that the disk has space and the file can be written, then run again", fault);
}
