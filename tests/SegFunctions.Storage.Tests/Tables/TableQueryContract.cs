using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a table promises about reading many rows.</summary>
public abstract class TableQueryContract(TableServiceClient service) : TableContract(service)
{
    [Fact]
    public async Task Select_reads_only_what_it_names()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = "two", ["C"] = new byte[] { 3 } });

        var one = (await table.GetEntityAsync<TableEntity>("p", "r", ["B", "RowKey", "Absent"])).Value;
        var rows = await RowsAsync(table, null, select: ["A", "PartitionKey", "Timestamp"]);

        Assert.Equal("two", one.GetString("B"));
        Assert.Equal("r", one.RowKey);
        Assert.False(one.ContainsKey("A") || one.ContainsKey("C") || one.ContainsKey("PartitionKey") || one.ContainsKey("Absent"));
        Assert.Equal(1, rows[0].GetInt32("A"));
        Assert.NotNull(rows[0].Timestamp);
        Assert.False(rows[0].ContainsKey("B") || rows[0].ContainsKey("RowKey"));
    }

    [Fact]
    public async Task Rows_come_in_the_order_of_partition_and_row_key()
    {
        var table = await CreateTableAsync();
        string[] keys = ["", "-", "0", "10", "9", "A", "a", "aa", "b", "é", "日"];
        foreach (var partition in keys.Reverse())
        {
            await table.SubmitTransactionAsync(
                keys.Select(row => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, row))));
        }

        var rows = await RowsAsync(table, null);

        Assert.Equal(
            keys.SelectMany(partition => keys.Select(row => (partition, row))), rows.Select(row => (row.PartitionKey, row.RowKey)));
    }

    [Fact]
    public async Task Pages_hold_a_thousand_rows_and_lose_none()
    {
        var table = await CreateTableAsync();
        foreach (var batch in Enumerable.Range(0, 2_050).Chunk(100))
        {
            await table.SubmitTransactionAsync(batch.Select(
                i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:00000}") { ["I"] = i })));
        }

        var pages = new List<Page<TableEntity>>();
        await foreach (var page in table.QueryAsync<TableEntity>().AsPages())
            pages.Add(page);

        Assert.Equal([1_000, 1_000, 50], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, 2_050), pages.SelectMany(page => page.Values).Select(row => row.GetInt32("I")!.Value));
        Assert.Null(pages[^1].ContinuationToken);
        Assert.Equal(2_050, (await RowsAsync(table, null)).Count);
    }

    [Fact]
    public async Task Page_token_goes_on_where_its_page_ended()
    {
        var table = await CreateTableAsync();
        foreach (var partition in new[] { "a", "b'%", "ç 日" })
        {
            await table.SubmitTransactionAsync(Enumerable.Range(0, 5).Select(
                i => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, $"{i}'% é"))));
        }

        var keys = new List<string>();
        string? token = null;
        do
        {
            await foreach (var page in table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages(token, pageSizeHint: 2))
            {
                Assert.InRange(page.Values.Count, 1, 2);
                keys.AddRange(page.Values.Select(row => row.PartitionKey + row.RowKey));
                token = page.ContinuationToken;
                break;
            }
        }
        while (token is not null);

        Assert.Equal(15, keys.Count);
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }
}
