using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a client refuses to send.</summary>
public abstract class TableRefusalContract(TableServiceClient service) : TableContract(service)
{
    [Theory]
    [MemberData(nameof(Refusals.Rows), MemberType = typeof(Refusals))]
    public async Task Row_that_the_service_would_refuse_is_not_sent(string fault, TableEntity row)
    {
        var table = await CreateTableAsync();
        Func<Task>[] operations =
        [
            () => table.AddEntityAsync(row),
            () => table.UpsertEntityAsync(row),
            () => table.UpdateEntityAsync(row, ETag.All),
        ];
        foreach (var operation in operations)
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(operation);
            Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        }

        var inTransaction = await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity(row.PartitionKey ?? "p", "before")),
            new(TableTransactionActionType.Add, row),
        ]));
        Assert.Contains(fault, inTransaction.Message, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(table, null));
    }

    [Theory]
    [MemberData(nameof(Refusals.Transactions), MemberType = typeof(Refusals))]
    public async Task Transaction_that_the_service_would_refuse_is_not_sent(string fault, TableTransactionAction[] actions)
    {
        var table = await CreateTableAsync();

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => table.SubmitTransactionAsync(actions));

        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync(table, null));
    }

    [Fact]
    public async Task Requests_with_malformed_arguments_are_not_sent()
    {
        var table = await CreateTableAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityAsync<TableEntity>("a/b", "r"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityIfExistsAsync<TableEntity>("p", "a?b"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityIfExistsAsync<TableEntity>("p", null!));
        await Assert.ThrowsAsync<ArgumentException>(() => table.DeleteEntityAsync("p", "a#b"));
        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), default));
        await Assert.ThrowsAsync<ArgumentException>(() => table.GetEntityAsync<TableEntity>("p", "r", ["a,b"]));
        Assert.Throws<ArgumentException>(() => table.QueryAsync<TableEntity>(select: ["$x"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.QueryAsync<TableEntity>(maxPerPage: 1_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => Service.QueryAsync(maxPerPage: 0));
        await Assert.ThrowsAsync<ArgumentException>(() => RowsAsync(table, null, token: "three words here"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => table.AddEntityAsync<TableEntity>(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => table.AddEntityAsync(new OtherEntity()));
    }

    private sealed class OtherEntity : ITableEntity
    {
        public string PartitionKey { get; set; } = "p";

        public string RowKey { get; set; } = "r";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }
    }
}
