using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a table promises about writing and deleting one row.</summary>
public abstract class TableWriteContract(TableServiceClient service) : TableContract(service)
{
    [Fact]
    public async Task Row_that_exists_is_not_added_again()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["X"] = 1 });

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r") { ["X"] = 2 }));

        Assert.Equal((409, TableErrorCode.EntityAlreadyExists), (failure.Status, failure.ErrorCode));
        Assert.Equal(1, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("X"));
    }

    [Fact]
    public async Task Missing_row_is_404_or_no_value()
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<TableEntity>("p", "none"));
        Assert.Equal((404, TableErrorCode.ResourceNotFound), (failure.Status, failure.ErrorCode));
        failure = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "none"), ETag.All));
        Assert.Equal((404, TableErrorCode.ResourceNotFound), (failure.Status, failure.ErrorCode));

        var none = await table.GetEntityIfExistsAsync<TableEntity>("p", "none");
        Assert.False(none.HasValue);
        Assert.Equal(404, none.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => none.Value);
        await table.AddEntityAsync(new TableEntity("p", "one"));
        Assert.Equal("one", (await table.GetEntityIfExistsAsync<TableEntity>("p", "one")).Value!.RowKey);
    }

    [Fact]
    public async Task Every_write_returns_the_version_that_a_read_finds()
    {
        var table = await CreateTableAsync();
        var versions = new HashSet<ETag>();

        async Task CheckAsync(Response response)
        {
            var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
            Assert.Equal(response.Headers.ETag, read.ETag);
            Assert.True(versions.Add(read.ETag), "two writes share a version");
            Assert.NotNull(read.Timestamp);
        }

        await CheckAsync(await table.AddEntityAsync(new TableEntity("p", "r")));
        await CheckAsync(await table.UpsertEntityAsync(new TableEntity("p", "r")));
        await CheckAsync(await table.UpsertEntityAsync(new TableEntity("p", "r"), TableUpdateMode.Replace));
        await CheckAsync(await table.UpdateEntityAsync(new TableEntity("p", "r"), ETag.All));
        var answers = await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertReplace, new TableEntity("p", "r"))]);
        await CheckAsync(answers.Value[0]);
    }

    [Fact]
    public async Task Stale_version_loses()
    {
        var table = await CreateTableAsync();
        var stale = (await table.AddEntityAsync(new TableEntity("p", "r") { ["X"] = 1 })).Headers.ETag!.Value;
        var current = (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["X"] = 2 }, stale)).Headers.ETag!.Value;

        Func<Task>[] losers =
        [
            () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["X"] = 3 }, stale),
            () => table.UpdateEntityAsync(new TableEntity("p", "r") { ["X"] = 3 }, stale, TableUpdateMode.Replace),
            () => table.DeleteEntityAsync("p", "r", stale),
        ];
        foreach (var loser in losers)
        {
            var failure = await Assert.ThrowsAsync<RequestFailedException>(loser);
            Assert.Equal((412, TableErrorCode.UpdateConditionNotSatisfied), (failure.Status, failure.ErrorCode));
        }

        Assert.Equal(2, (await table.GetEntityAsync<TableEntity>("p", "r")).Value.GetInt32("X"));
        Assert.Equal(204, (await table.DeleteEntityAsync("p", "r", current)).Status);
    }

    [Fact]
    public async Task Merge_keeps_and_replace_drops_what_is_not_named()
    {
        var table = await CreateTableAsync();
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["A"] = 1, ["B"] = 1 });

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["B"] = 2, ["C"] = 2 });
        Assert.Equal([("A", 1), ("B", 2), ("C", 2)], await IntegersAsync());
        var etag = (await table.UpdateEntityAsync(new TableEntity("p", "r") { ["C"] = 3 }, ETag.All)).Headers.ETag!.Value;
        Assert.Equal([("A", 1), ("B", 2), ("C", 3)], await IntegersAsync());
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["D"] = 4 }, etag, TableUpdateMode.Replace);
        Assert.Equal([("D", 4)], await IntegersAsync());
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["E"] = 5 }, TableUpdateMode.Replace);
        Assert.Equal([("E", 5)], await IntegersAsync());

        async Task<(string, int)[]> IntegersAsync()
        {
            var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
            return [.. read.Where(entry => entry.Value is int).Select(entry => (entry.Key, (int)entry.Value!)).Order()];
        }
    }

    [Fact]
    public async Task Of_many_concurrent_updates_of_one_version_one_wins()
    {
        var table = await CreateTableAsync();
        var etag = (await table.AddEntityAsync(new TableEntity("p", "r"))).Headers.ETag!.Value;

        var wins = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            try
            {
                await table.UpdateEntityAsync(new TableEntity("p", "r") { ["Winner"] = i }, etag);
                return 1;
            }
            catch (RequestFailedException lost) when (lost.Status == 412)
            {
                return 0;
            }
        })));

        Assert.Equal(1, wins.Sum());
    }

    [Fact]
    public async Task Cancelled_request_is_not_done()
    {
        var table = await CreateTableAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => table.AddEntityAsync(new TableEntity("p", "r"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancelled))
                Assert.Fail($"read {row.RowKey}");
        });
        Assert.Empty(await RowsAsync(table, null));
    }
}
