using Azure;
using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What the twin in memory promises beside the contracts.</summary>
public sealed class InMemoryTableTests : TableContract
{
    private readonly ManualTimeProvider _time;

    public InMemoryTableTests()
        : this(new ManualTimeProvider())
    {
    }

    private InMemoryTableTests(ManualTimeProvider time)
        : base(new InMemoryTableServiceClient(time)) => _time = time;

    [Fact]
    public async Task Timestamp_is_the_time_of_the_last_write()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await table.UpsertEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(_time.GetUtcNow(), (await table.GetEntityAsync<TableEntity>("p", "r")).Value.Timestamp);
    }

    [Fact]
    public async Task Row_that_a_merge_would_make_too_large_is_refused()
    {
        var table = await CreateTableAsync();
        var row = new TableEntity("p", "r");
        for (var i = 0; i < 250; i++)
            row[$"P{i}"] = new string('x', 2_000);
        await table.AddEntityAsync(row);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 2, ["C"] = 3 }));
        Assert.Equal((400, TableErrorCode.TooManyProperties), (failure.Status, failure.ErrorCode));
        failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = new string('x', 30_000) }));
        Assert.Equal((400, TableErrorCode.EntityTooLarge), (failure.Status, failure.ErrorCode));

        // What is replaced does not count.
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["P0"] = new string('y', 2_000), ["P1"] = new string('y', 2_000) });
    }

    [Fact]
    public async Task Reader_sees_all_of_a_transaction_or_nothing()
    {
        var table = await CreateTableAsync();
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await table.SubmitTransactionAsync(new[] { "a", "b", "c" }.Select(
                    key => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity("p", key) { ["I"] = i })));
            }
        });

        while (!writer.IsCompleted)
        {
            var rows = await RowsAsync(table, "PartitionKey eq 'p'");
            Assert.True(rows.Count is 0 or 3);
            Assert.True(rows.Select(row => row.GetInt32("I")).Distinct().Count() <= 1);
        }

        await writer;
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Million_rows_are_kept_and_found()
    {
        var table = await CreateTableAsync();
        var keys = Enumerable.Range(0, 1_000_000).Select(i => $"{i:0000000}").ToArray();
        new Random(1).Shuffle(keys);
        foreach (var key in keys)
            await table.AddEntityAsync(new TableEntity(key[^2..], key) { ["Key"] = key, ["Odd"] = key[^1] % 2 == 1 });

        var before = "";
        var count = 0;
        await foreach (var row in table.QueryAsync<TableEntity>("Odd eq true"))
        {
            Assert.True(string.CompareOrdinal(before, row.PartitionKey + row.RowKey) < 0);
            before = row.PartitionKey + row.RowKey;
            count++;
        }

        Assert.Equal(500_000, count);
        Assert.Equal("0123456", (await table.GetEntityAsync<TableEntity>("56", "0123456")).Value.GetString("Key"));
        Assert.Equal(10_000, (await RowsAsync(table, "PartitionKey eq '77'")).Count);
    }
}
