using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a table promises, whichever service is behind it: one contract for each kind of operation.</summary>
public abstract class TableContract(TableServiceClient service)
{
    protected TableServiceClient Service { get; } = service;

    protected async Task<TableClient> CreateTableAsync()
    {
        var table = Service.GetTableClient(Some.TableName());
        await table.CreateAsync();
        return table;
    }

    protected static async Task<List<TableEntity>> RowsAsync(
        TableClient table, string? filter, IEnumerable<string>? select = null, string? token = null)
    {
        var rows = new List<TableEntity>();
        await foreach (var page in table.QueryAsync<TableEntity>(filter, select: select).AsPages(token))
            rows.AddRange(page.Values);
        return rows;
    }
}
