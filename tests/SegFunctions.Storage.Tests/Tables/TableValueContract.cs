using System.Text;
using Azure;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a table promises about the values of a row.</summary>
public abstract class TableValueContract(TableServiceClient service) : TableContract(service)
{
    [Fact]
    public async Task Every_type_comes_back_exactly_as_it_was_sent()
    {
        var table = await CreateTableAsync();
        var row = Some.RowOfEveryType("p", "every type");

        await table.AddEntityAsync(row);
        await table.UpsertEntityAsync(new TableEntity(row) { RowKey = "upserted" });
        await table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity(row) { RowKey = "in a transaction" })]);

        Assert.Equal(Some.Values(row), Some.Values((await table.GetEntityAsync<TableEntity>("p", "every type")).Value));
        Assert.Equal(Some.Values(row), Some.Values((await table.GetEntityAsync<TableEntity>("p", "upserted")).Value));
        var rows = await RowsAsync(table, null);
        Assert.Equal(["every type", "in a transaction", "upserted"], rows.Select(read => read.RowKey));
        Assert.All(rows, read => Assert.Equal(Some.Values(row), Some.Values(read)));
    }

    [Fact]
    public async Task Types_survive_merges()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(Some.RowOfEveryType("p", "r"));

        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["Added"] = 5_000_000_000L, ["Text"] = 7.0 }, ETag.All);

        var expected = Some.RowOfEveryType("p", "r");
        expected["Text"] = 7.0;
        expected["Added"] = 5_000_000_000L;
        Assert.Equal(Some.Values(expected), Some.Values((await table.GetEntityAsync<TableEntity>("p", "r")).Value));
    }

    [Fact]
    public async Task Any_text_number_and_bytes_round_trip()
    {
        var table = await CreateTableAsync();
        var count = 0;
        Prop.ForAll<string, double, byte[]>((text, number, bytes) =>
        {
            text = new string([.. (text ?? "").Where(c => !char.IsSurrogate(c))]);
            var key = $"r{count++}";
            var row = new TableEntity("p", key) { ["Text"] = text, ["Number"] = number, ["Bytes"] = bytes ?? [], ["Wide"] = BitConverter.DoubleToInt64Bits(number) };
            table.AddEntityAsync(row).GetAwaiter().GetResult();
            var read = table.GetEntityAsync<TableEntity>("p", key).GetAwaiter().GetResult().Value;
            return read.GetString("Text") == text
                && read.GetDouble("Number")!.Value.Equals(number)
                && read.GetBinary("Bytes")!.AsSpan().SequenceEqual(bytes ?? [])
                && read.GetInt64("Wide") == BitConverter.DoubleToInt64Bits(number);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public async Task Absent_and_null_are_one()
    {
        var table = await CreateTableAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Kept"] = 1, ["Null"] = null });
        await table.UpdateEntityAsync(new TableEntity("p", "r") { ["Kept"] = null }, ETag.All);

        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal(1, read.GetInt32("Kept"));
        Assert.False(read.ContainsKey("Null"));
        Assert.Null(read.GetString("Null"));
    }

    [Fact]
    public async Task What_was_read_can_be_changed_without_changing_what_is_stored()
    {
        var table = await CreateTableAsync();
        var bytes = new byte[] { 1, 2, 3 };
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Bytes"] = bytes, ["X"] = 1 });
        bytes[0] = 9;
        var read = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;
        read.GetBinary("Bytes")![1] = 9;
        read["X"] = 2;
        read["New"] = 3;

        var again = (await table.GetEntityAsync<TableEntity>("p", "r")).Value;

        Assert.Equal([1, 2, 3], again.GetBinary("Bytes"));
        Assert.Equal(1, again.GetInt32("X"));
        Assert.False(again.ContainsKey("New"));
    }

    [Fact]
    public async Task Row_of_almost_a_mebibyte_and_252_properties_is_kept()
    {
        var table = await CreateTableAsync();
        var row = new TableEntity("p", "r");
        for (var i = 0; i < 252; i++)
            row[$"P{i}"] = new string('x', 2_000);

        await table.AddEntityAsync(row);

        Assert.Equal(Some.Values(row), Some.Values((await table.GetEntityAsync<TableEntity>("p", "r")).Value));
    }

    [Fact]
    public async Task Values_of_the_largest_size_are_kept()
    {
        var table = await CreateTableAsync();
        var row = new TableEntity("p", "r") { ["Text"] = new string('日', 32 * 1024), ["Bytes"] = Encoding.ASCII.GetBytes(new string('b', 64 * 1024)) };

        await table.UpsertEntityAsync(row);

        Assert.Equal(Some.Values(row), Some.Values((await table.GetEntityAsync<TableEntity>("p", "r")).Value));
    }
}
