using System.Collections.Concurrent;
using Azure;
using SegFunctions.Storage.Tables.InMemory;

namespace SegFunctions.Storage.Tables;

/// <summary>
/// A table service in memory, with the guarantees, refusals, status and error codes of the real one; it is gone with the
/// object. For tests, and for runs larger than the emulator bears. Thread-safe.
/// </summary>
/// <param name="time">The clock that dates the rows; versions differ even while it stands still.</param>
public sealed class InMemoryTableServiceClient(TimeProvider time) : TableServiceClient
{
    private static readonly string[] ListedColumns = ["TableName"];
    private readonly ConcurrentDictionary<string, InMemoryTable> _tables = new(StringComparer.OrdinalIgnoreCase);

    public override string AccountName => "memory";

    public override Uri Uri { get; } = new("memory://tables/");

    public override TableClient GetTableClient(string tableName)
    {
        TableRules.CheckTableName(tableName);
        return new InMemoryTableClient(this, tableName);
    }

    public override Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        Twin.Answer(cancellationToken, () =>
        {
            if (!TryCreate(tableName))
                throw TableFault.TableExists();
            return Response.FromValue(new TableItem(tableName), new TableResponse(204, etag: null));
        });

    public override Task<Response<TableItem>> CreateTableIfNotExistsAsync(
        string tableName, CancellationToken cancellationToken = default) =>
        Twin.Answer(cancellationToken, () =>
            Response.FromValue(new TableItem(tableName), new TableResponse(TryCreate(tableName) ? 204 : 409, etag: null)));

    public override Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        Twin.Answer(cancellationToken, () =>
        {
            TableRules.CheckTableName(tableName);
            return (Response)new TableResponse(_tables.TryRemove(tableName, out _) ? 204 : 404, etag: null);
        });

    public override AsyncPageable<TableItem> QueryAsync(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default)
    {
        TableRules.CheckPageSize(maxPerPage);
        return new PageSource<TableItem>(
            (token, size, cancellation) => Twin.Answer(cancellation, () => List(filter, token, size)), maxPerPage, cancellationToken);
    }

    /// <exception cref="RequestFailedException">404: it does not exist.</exception>
    internal InMemoryTable Find(string tableName) =>
        _tables.TryGetValue(tableName, out var table) ? table : throw TableFault.TableNotFound();

    private bool TryCreate(string tableName)
    {
        TableRules.CheckTableName(tableName);
        return _tables.TryAdd(tableName, new InMemoryTable(tableName, time));
    }

    private Page<TableItem> List(string? filter, string? token, int? size)
    {
        var expression = Twin.Parse(filter);
        var maximum = size ?? TableRules.MaxPageSize;
        var from = token is null ? "" : Uri.UnescapeDataString(token);
        var names = _tables.Values.Select(table => table.Name).Where(IsListed).Order(StringComparer.Ordinal).Take(maximum + 1).ToList();
        string? next = null;
        if (names.Count > maximum)
        {
            next = Uri.EscapeDataString(names[maximum]);
            names.RemoveAt(maximum);
        }

        return Page<TableItem>.FromValues([.. names.Select(name => new TableItem(name))], next, new TableResponse(200, etag: null));

        bool IsListed(string name) =>
            string.CompareOrdinal(name, from) >= 0 && (expression?.Matches(new Row("", name, ListedColumns, [name], 0, 0)) ?? true);
    }
}
