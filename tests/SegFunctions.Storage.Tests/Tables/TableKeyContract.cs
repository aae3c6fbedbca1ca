using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a table promises about keys.</summary>
public abstract class TableKeyContract(TableServiceClient service) : TableContract(service)
{
    [Theory]
    [InlineData("", "")]
    [InlineData("", "row")]
    [InlineData("it's", "'quoted' ''twice''")]
    [InlineData("100%", "a+b&c=d;e,f:g@h!i$j(k)l*m~n[o]p{q}r|s^t`u<v>w\"x")]
    [InlineData("%2F", "%25")]
    [InlineData("Ünïcödé", "日本語 😀")]
    [InlineData(" leading and trailing ", ".")]
    [InlineData("..", "...")]
    public async Task Any_allowed_key_addresses_its_row(string partitionKey, string rowKey)
    {
        var table = await CreateTableAsync();

        await table.AddEntityAsync(new TableEntity(partitionKey, rowKey) { ["X"] = 1 });
        var read = (await table.GetEntityAsync<TableEntity>(partitionKey, rowKey)).Value;
        Assert.Equal((partitionKey, rowKey, 1), (read.PartitionKey, read.RowKey, read.GetInt32("X")));

        await table.UpsertEntityAsync(new TableEntity(partitionKey, rowKey) { ["Y"] = 2 });
        await table.SubmitTransactionAsync(
            [new(TableTransactionActionType.UpdateMerge, new TableEntity(partitionKey, rowKey) { ["Z"] = 3 }, ETag.All)]);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey} and RowKey eq {rowKey}");
        read = Assert.Single(await RowsAsync(table, filter));
        Assert.Equal((1, 2, 3), (read.GetInt32("X"), read.GetInt32("Y"), read.GetInt32("Z")));

        Assert.Equal(204, (await table.DeleteEntityAsync(partitionKey, rowKey)).Status);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey)).HasValue);
    }

    [Fact]
    public async Task Keys_of_512_characters_are_allowed()
    {
        var table = await CreateTableAsync();
        var key = string.Concat(Enumerable.Repeat("😀", 256));

        await table.AddEntityAsync(new TableEntity(key, "r"));
        await table.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, new TableEntity(key, key))]);

        Assert.Equal(key, (await table.GetEntityAsync<TableEntity>(key, "r")).Value.PartitionKey);
    }

    [Fact]
    public async Task Any_string_is_a_key_through_the_codec()
    {
        var table = await CreateTableAsync();
        string[] texts = ["a/b\\c#d?e", "\u0000\u001f\u007f\u009f", "\ud800", "x\udc00\ud83d", "", "😀/", "!~.>[\""];
        foreach (var text in texts)
            await table.AddEntityAsync(new TableEntity(TableKeyCodec.Encode(text), TableKeyCodec.Encode(text)));

        foreach (var text in texts)
        {
            var read = (await table.GetEntityAsync<TableEntity>(TableKeyCodec.Encode(text), TableKeyCodec.Encode(text))).Value;
            Assert.Equal(text, TableKeyCodec.Decode(read.RowKey));
        }
    }
}
