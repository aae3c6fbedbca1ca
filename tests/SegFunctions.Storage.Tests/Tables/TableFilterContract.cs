using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.Storage.Tests.Tables;

/// <summary>What a table promises about filters.</summary>
public abstract class TableFilterContract(TableServiceClient service) : TableContract(service)
{
    [Theory]
    [InlineData("Text eq 'b'", "b")]
    [InlineData("Text ne 'b'", "ac")]
    [InlineData("Text gt 'a'", "bc")]
    [InlineData("Text ge 'b'", "bc")]
    [InlineData("Text lt 'b'", "a")]
    [InlineData("Text le 'b'", "ab")]
    [InlineData("'b' le Text", "bc")]
    [InlineData("Small eq -1", "a")]
    [InlineData("Small gt 0", "c")]
    [InlineData("Wide eq 9007199254740993L", "b")]
    [InlineData("Wide gt 9007199254740992L", "bc")]
    [InlineData("Wide lt 0L", "a")]
    [InlineData("Real ge 0.5", "bc")]
    [InlineData("Real eq 2.0", "c")]
    [InlineData("Real lt -1.25", "a")]
    [InlineData("Flag eq true", "ac")]
    [InlineData("Flag eq false", "b")]
    [InlineData("not (Flag eq true)", "b")]
    [InlineData("not (Text eq 'a') and Small ge 0", "bc")]
    [InlineData("Text eq 'a' or Text eq 'b' and Small eq 1", "a")]
    [InlineData("(Text eq 'a' or Text eq 'b') and Small ge 0", "b")]
    [InlineData("When gt datetime'2026-01-02T00:00:00Z'", "bc")]
    [InlineData("When eq datetime'2026-01-02T03:04:05.678Z'", "b")]
    [InlineData("Id eq guid'00000000-0000-0000-0000-00000000000b'", "b")]
    [InlineData("Id ne guid'00000000-0000-0000-0000-00000000000b'", "ac")]
    [InlineData("Bytes eq X'0b'", "b")]
    [InlineData("Bytes ne binary'0b'", "ac")]
    [InlineData("PartitionKey eq 'p' and RowKey gt 'a'", "bc")]
    [InlineData("PartitionKey eq 'p' and RowKey ge 'a' and RowKey lt 'c'", "ab")]
    [InlineData("PartitionKey ge 'p' and PartitionKey lt 'q' and RowKey ge 'b'", "bc")]
    [InlineData("'p' eq PartitionKey and 'b' gt RowKey", "a")]
    [InlineData("PartitionKey eq 'q'", "")]
    [InlineData("RowKey eq 'b' or RowKey eq 'c'", "bc")]
    [InlineData("Timestamp gt datetime'2020-01-01T00:00:00Z'", "abc")]
    [InlineData("Absent eq 1", "")]
    [InlineData("Absent ne 1", "")]
    [InlineData("Only eq 'here' and Text eq 'c'", "c")]
    [InlineData("", "abc")]
    public async Task Filter_selects(string filter, string expected)
    {
        var table = await CreateTableAsync();
        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, Row("a", -1, -5_000_000_000, -1.5, true, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))),
            new(TableTransactionActionType.Add, Row("b", 0, 9_007_199_254_740_993, 0.5, false, new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero))),
            new(TableTransactionActionType.Add, Row("c", 7, 9_007_199_254_740_994, 2.0, true, new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero), "here")),
        ]);

        var rows = await RowsAsync(table, filter);

        Assert.Equal(expected, string.Concat(rows.Select(row => row.RowKey)));

        static TableEntity Row(string key, int small, long wide, double real, bool flag, DateTimeOffset when, string? only = null) =>
            new("p", key)
            {
                ["Text"] = key,
                ["Small"] = small,
                ["Wide"] = wide,
                ["Real"] = real,
                ["Flag"] = flag,
                ["When"] = when,
                ["Id"] = Guid.Parse($"00000000-0000-0000-0000-00000000000{key}"),
                ["Bytes"] = Convert.FromHexString("0" + key),
                ["Only"] = only,
            };
    }

    [Fact]
    public async Task Every_value_finds_itself_by_its_literal()
    {
        var table = await CreateTableAsync();
        object[] values =
        [
            "it's 'here'", "", "100% + & ü 日 😀", " and ) or (", "\"", 0, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue,
            5L, 1.0, 0.1, -2.5, 1e21, 1.5e-7, true, false, new DateTimeOffset(2026, 3, 4, 5, 6, 7, 890, TimeSpan.FromHours(2)),
            new DateTime(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), new byte[] { 0, 255, 16 },
        ];
        await table.SubmitTransactionAsync(values.Select(
            (value, i) => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", $"{i:00}") { [NameFor(value)] = value })));

        for (var i = 0; i < values.Length; i++)
        {
            var filter = $"{NameFor(values[i])} eq {TableClient.CreateQueryFilter($"{values[i]}")}";
            Assert.Equal([$"{i:00}"], (await RowsAsync(table, filter)).Select(row => row.RowKey));
        }

        static string NameFor(object value) => value switch { byte[] => "Bytes", _ => value.GetType().Name };
    }

    [Theory]
    [InlineData("Text eq")]
    [InlineData("Text eq 'a' and")]
    [InlineData("(Text eq 'a'")]
    [InlineData("Text eq 'a')")]
    public async Task Malformed_filter_is_refused(string filter)
    {
        var table = await CreateTableAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => RowsAsync(table, filter));

        Assert.Equal((400, TableErrorCode.InvalidInput), (failure.Status, failure.ErrorCode));
    }
}
