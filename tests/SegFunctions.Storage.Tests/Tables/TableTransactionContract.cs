using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a table promises about transactions.</summary>
public abstract class TableTransactionContract(TableServiceClient service) : TableContract(service)
{
    [Fact]
    public async Task Transaction_does_every_kind_of_operation()
    {
        var table = await CreateTableAsync();
        await table.SubmitTransactionAsync(new[] { "merge", "replace", "delete", "upsert merge", "upsert replace" }.Select(
            key => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", key) { ["Old"] = 1 })));
        var etag = (await table.GetEntityAsync<TableEntity>("p", "merge")).Value.ETag;

        var answers = await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, New("add")),
            new(TableTransactionActionType.UpdateMerge, New("merge"), etag),
            new(TableTransactionActionType.UpdateReplace, New("replace")),
            new(TableTransactionActionType.Delete, new TableEntity("p", "delete"), ETag.All),
            new(TableTransactionActionType.UpsertMerge, New("upsert merge")),
            new(TableTransactionActionType.UpsertReplace, New("upsert replace")),
            new(TableTransactionActionType.UpsertMerge, New("upsert new")),
        ]);

        Assert.Equal(202, answers.GetRawResponse().Status);
        Assert.All(answers.Value, answer => Assert.Equal(204, answer.Status));
        var rows = (await RowsAsync(table, null)).ToDictionary(row => row.RowKey, row => (row.GetInt32("Old"), row.GetInt32("New")));
        Assert.Equal(6, rows.Count);
        Assert.Equal((null, 2), rows["add"]);
        Assert.Equal((1, 2), rows["merge"]);
        Assert.Equal((null, 2), rows["replace"]);
        Assert.Equal((1, 2), rows["upsert merge"]);
        Assert.Equal((null, 2), rows["upsert replace"]);
        Assert.Equal((null, 2), rows["upsert new"]);

        static TableEntity New(string key) => new("p", key) { ["New"] = 2 };
    }

    [Theory]
    [InlineData(TableTransactionActionType.Add, 409, TableErrorCode.EntityAlreadyExists)]
    [InlineData(TableTransactionActionType.UpdateMerge, 412, TableErrorCode.UpdateConditionNotSatisfied)]
    [InlineData(TableTransactionActionType.UpdateReplace, 412, TableErrorCode.UpdateConditionNotSatisfied)]
    [InlineData(TableTransactionActionType.Delete, 412, TableErrorCode.UpdateConditionNotSatisfied)]
    public async Task Failed_transaction_names_the_operation_and_changes_nothing(
        TableTransactionActionType type, int status, string code)
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "delete") { ["X"] = 1 });
        await table.AddEntityAsync(new TableEntity("p", "merge") { ["X"] = 1 });
        var stale = (await table.AddEntityAsync(new TableEntity("p", "guilty") { ["X"] = 0 })).Headers.ETag!.Value;
        await table.UpdateEntityAsync(new TableEntity("p", "guilty") { ["X"] = 1 }, stale);

        var failure = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p", "added") { ["X"] = 2 }),
            new(TableTransactionActionType.Delete, new TableEntity("p", "delete")),
            new(TableTransactionActionType.UpsertMerge, new TableEntity("p", "merge") { ["X"] = 2 }),
            new(type, new TableEntity("p", "guilty") { ["X"] = 2 }, stale),
            new(TableTransactionActionType.Add, new TableEntity("p", "later") { ["X"] = 2 }),
        ]));

        Assert.Equal((status, code, 3), (failure.Status, failure.ErrorCode, failure.FailedTransactionActionIndex));
        Assert.StartsWith("3:", failure.Message, StringComparison.Ordinal);
        var rows = await RowsAsync(table, null);
        Assert.Equal(["delete", "guilty", "merge"], rows.Select(row => row.RowKey));
        Assert.All(rows, row => Assert.Equal(1, row.GetInt32("X")));
    }

    [Fact]
    public async Task Transaction_holds_100_operations_with_any_text()
    {
        var table = await CreateTableAsync();
        var text = new string([.. Enumerable.Range(0, 0x3000).Select(code => (char)code)]) + "😀--batch\r\n--changeset\r\nHTTP/1.1 500 {\"}";

        var answers = await table.SubmitTransactionAsync(Enumerable.Range(0, 100).Select(
            i => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity("p", $"{i:00}") { ["Text"] = text[(i * 7)..] })));

        Assert.Equal(100, answers.Value.Count);
        var rows = await RowsAsync(table, null);
        for (var i = 0; i < 100; i++)
            Assert.Equal(text[(i * 7)..], rows[i].GetString("Text"));
    }
}
